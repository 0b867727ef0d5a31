using System.Globalization;
using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Project;

/// <summary><c>colophon config show</c>.</summary>
internal sealed class ConfigShowCommand : CliCommand
{
    private static readonly OptionSpec Origin = new("--origin", "Show where each value came from.");
    private static readonly OptionSpec All = new("--all", "Show the keys that nothing sets, too.");

    /// <inheritdoc/>
    public override string Name => "config show";

    /// <inheritdoc/>
    public override string Summary => "Show the configuration in force.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Layers, a later one wins: built-in, /etc/colophon/config.toml, $XDG_CONFIG_HOME/colophon/config.toml,
        .colophon/config.toml of the project, COLOPHON__SECTION__KEY, options of the command. A project's file can
        lower limits and forbid, never widen what you allow. Exits with 3 where a file is wrong.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon config show --origin", "Every value with the file or variable it came from."),
        new("colophon config show --all", "Every key there is, with what it is for."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Origin, All];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (configuration, problems) = await ProjectConfiguration.ReadAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, configuration, problems));
        else
            WriteText(invocation, configuration, problems);
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Configuration;
    }

    private static void WriteText(Invocation invocation, LayeredConfiguration configuration, IReadOnlyList<ConfigurationProblem> problems)
    {
        var terminal = invocation.Terminal;
        var origin = invocation.Line.Has(Origin);
        var all = invocation.Line.Has(All);
        string[] columns = ["key", "value", .. origin ? ["origin"] : Array.Empty<string>(), .. all ? ["for"] : Array.Empty<string>()];
        var table = new Table(columns);
        foreach (var value in configuration.Values)
        {
            var summary = ConfigurationKeys.Find(value.Name.Split('.'))?.Summary ?? "";
            table.Add([(value.Name, Style.Cyan), (Display(value.Value), Style.Plain), .. origin ? [(value.Origin.ToString(), Style.Dim)] : Array.Empty<(string, Style)>(), .. all ? [(summary, Style.Dim)] : Array.Empty<(string, Style)>()]);
        }

        foreach (var key in ConfigurationKeys.All.Where(key => all && configuration.Find(key.Name) is null))
            table.Add([(key.Name, Style.Dim), ("", Style.Plain), .. origin ? [("unset", Style.Dim)] : Array.Empty<(string, Style)>(), (key.Summary, Style.Dim)]);
        table.Write(terminal);
        foreach (var problem in problems)
            terminal.Note($"{terminal.PaintNote(Style.Red, "wrong")} {Terminal.Safe($"{problem.Origin}: {problem.Message} {problem.Hint}")}");
    }

    private static string Display(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        IReadOnlyList<string> list => $"[{string.Join(", ", list.Select(static item => $"\"{item}\""))}]",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void WriteJson(Utf8JsonWriter writer, LayeredConfiguration configuration, IReadOnlyList<ConfigurationProblem> problems)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("values");
        foreach (var value in configuration.Values)
        {
            writer.WriteStartObject();
            writer.WriteString("key", value.Name);
            writer.WritePropertyName("value");
            WriteValue(writer, value.Value);
            writer.WriteString("layer", JsonNamingPolicy.CamelCase.ConvertName(value.Origin.Layer.ToString()));
            writer.WriteString("origin", value.Origin.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("origin", problem.Origin.ToString());
            writer.WriteString("message", problem.Message);
            writer.WriteString("hint", problem.Hint);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyList<string> list:
                writer.WriteStartArray();
                foreach (var item in list)
                    writer.WriteStringValue(item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
