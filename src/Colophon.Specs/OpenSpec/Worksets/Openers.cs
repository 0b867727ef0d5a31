using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Worksets;

/// <summary>A tool that opens a workset.</summary>
/// <param name="Id">What a person calls it.</param>
/// <param name="Label">What it is called.</param>
/// <param name="TakesFile">Whether it opens the editor file; else it is an agent that takes folders.</param>
/// <param name="Command">Its program.</param>
/// <param name="Arguments">What stands before the file.</param>
internal sealed record Opener(string Id, string Label, bool TakesFile, string Command, IReadOnlyList<string> Arguments);

/// <summary>The tools that open worksets: the package's own, changed and added to by <c>openers</c> of the settings.</summary>
internal static class Openers
{
    private const string Styles = "\"workspace-file\"|\"attach-dirs\"";

    private static readonly Opener[] s_builtIn =
    [
        new("code", "VS Code", true, "code", []),
        new("cursor", "Cursor", true, "cursor", []),
        new("claude", "Claude Code", false, "claude", []),
        new("codex", "codex", false, "codex", ["--sandbox", "workspace-write"]),
    ];

    /// <summary>The table.</summary>
    /// <exception cref="OpenSpecFailure">The settings' rows are wrong.</exception>
    internal static List<Opener> Read(Session session)
    {
        var table = s_builtIn.ToList();
        if (GlobalConfig.Read(session).Merged.GetValueOrDefault("openers") is not { } rows)
            return table;
        var check = new ShapeCheck();
        if (rows is not OrderedDictionary<string, object?> map)
        {
            check.Expected("record", rows);
            throw Invalid(session, Describe(check));
        }

        foreach (var (id, row) in map)
            check.At(id, () => Check(row, check));
        if (check.Issues.Count > 0)
            throw Invalid(session, Describe(check));
        foreach (var (id, row) in map)
            Apply(session, table, id, row as OrderedDictionary<string, object?> ?? []);
        return table;
    }

    /// <summary>Whether a tool's program is on the path.</summary>
    internal static bool IsInstalled(Session session, Opener opener)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        static bool IsProgram(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & execute) != UnixFileMode.None;
        return opener.Command.Contains('/') ? IsProgram(opener.Command)
            : (session.Variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => IsProgram($"{folder}/{opener.Command}"));
    }

    private static void Apply(Session session, List<Opener> table, string id, OrderedDictionary<string, object?> row)
    {
        bool? takesFile = row.GetValueOrDefault("style") is string style ? style == "workspace-file" : null;
        var at = table.FindIndex(opener => opener.Id == id);
        if (at < 0 && takesFile is null)
            throw Invalid(session, $"'{id}' adds a new tool and must set style ('workspace-file' or 'attach-dirs')");
        var basis = at < 0 ? new Opener(id, id, takesFile == true, id, []) : table[at];
        var changed = basis with
        {
            Label = row.GetValueOrDefault("label") as string ?? basis.Label,
            TakesFile = takesFile ?? basis.TakesFile,
            Command = row.GetValueOrDefault("command") as string ?? basis.Command,
            Arguments = row.GetValueOrDefault("args") is List<object?> list ? [.. list.OfType<string>()] : basis.Arguments,
        };
        if (at < 0)
            table.Add(changed);
        else
            table[at] = changed;
    }

    private static void Check(object? row, ShapeCheck check)
    {
        if (row is not OrderedDictionary<string, object?> ordered)
        {
            check.Expected("object", row);
            return;
        }

        var map = ordered.ToDictionary(StringComparer.Ordinal);
        if (map.TryGetValue("style", out var style) && style is not ("workspace-file" or "attach-dirs"))
            check.At("style", () => check.Add(ShapeFault.Custom, $"Invalid option: expected one of {Styles}"));
        Stores.StoreState.Optional(map, "label", check);
        Stores.StoreState.Optional(map, "command", check);
        check.Member<List<object?>>(map, "args", "array", required: false, list =>
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is not string)
                    check.At(i, () => check.Expected("string", list[i]));
            }
        });
        Stores.StoreState.Optional(map, "attach_flag", check);
        Stores.StoreState.NoOther(map, ["style", "label", "command", "args", "attach_flag"], check);
    }

    private static string Describe(ShapeCheck check) =>
        string.Join("; ", check.Issues.Select(static issue => issue.Path.Count == 0 ? $"openers: {issue.Message}" : issue.Line));

    private static OpenSpecFailure Invalid(Session session, string why) => new(
        $"Invalid openers config: {why}",
        "invalid_opener_config",
        $"Each entry under \"openers\" in {GlobalConfig.PathOf(session)} may set style ('workspace-file' or 'attach-dirs'), label, command, args, and attach_flag; new tools must set style.",
        "openers.config");
}
