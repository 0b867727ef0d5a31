using System.Globalization;
using System.Text;
using Colophon.Kernel.Configuration;

namespace Colophon.Engine.Init;

/// <summary>What the files of a new project say.</summary>
internal static class Templates
{
    /// <summary><c>openspec/config.yaml</c>: the fields that the OpenSpec CLI reads, all but the schema commented out.</summary>
    internal const string OpenSpec = """
        schema: spec-driven

        # What whoever writes a specification should know about this project:
        # context: |
        #   Tech stack: ...
        #   Conventions: ...

        # Rules for single documents:
        # rules:
        #   proposal:
        #     - Keep it under 500 words
        #   tasks:
        #     - Each task can be reviewed on its own

        """;

    /// <summary><c>.colophon/config.toml</c>: every key that a project may set, commented out with its default. The tables are comments too: a block pasted below then defines its table and not a second one.</summary>
    internal static string Settings()
    {
        var text = new StringBuilder("# Colophon's settings for everyone who works on this project.\n# A project can lower limits and forbid, never widen: providers, keys and permissions belong into your own\n# $XDG_CONFIG_HOME/colophon/config.toml. `colophon doctor` shows what is in force.\n# To set a key, take the # off it and off its table's [name].\n");
        var section = "";
        foreach (var key in ConfigurationKeys.All.Where(static k => k.Trust != ProjectTrust.UserOnly && !k.Name.Contains('*')))
        {
            var dot = key.Name.LastIndexOf('.');
            if (section != key.Name[..dot])
                text.Append('\n').Append("# [").Append(section = key.Name[..dot]).Append("]\n");
            text.Append("# ").Append(key.Summary).Append('\n').Append("# ").Append(key.Name.AsSpan(dot + 1)).Append(" = ").Append(Value(key)).Append('\n');
        }

        return text.ToString();
    }

    private static string Value(ConfigurationKey key) => key switch
    {
        { Default: string text } => $"\"{text}\"",
        { Default: bool truth } => truth ? "true" : "false",
        { Default: IEnumerable<string> list } => $"[{string.Join(", ", list.Select(static i => $"\"{i}\""))}]",
        { Default: IFormattable number } => number.ToString(null, CultureInfo.InvariantCulture),
        { Name: "model.default" } => "\"anthropic/claude-sonnet-4-6\"",
        { Kind: ConfigurationKind.Number } => "0.2",
        { Kind: ConfigurationKind.Text } => "\"\"",
        { Kind: ConfigurationKind.TextList } => "[]",
        _ => "0",
    };
}
