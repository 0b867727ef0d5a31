using System.Globalization;
using Colophon.Kernel.Configuration.Toml;

namespace Colophon.Kernel.Configuration;

/// <summary>Turns what a layer says into the value that a key takes, or says why it cannot.</summary>
internal static class ConfigurationText
{
    public static (object? Value, string Error) FromToml(ConfigurationKey key, TomlValue value) => (key.Kind, value) switch
    {
        (ConfigurationKind.Text, TomlValue.Text text) => Checked(key, text.Value),
        (ConfigurationKind.Integer, TomlValue.Integer integer) => Checked(key, integer.Value),
        (ConfigurationKind.Number, TomlValue.Float number) => Checked(key, number.Value),
        (ConfigurationKind.Number, TomlValue.Integer integer) => Checked(key, (double)integer.Value),
        (ConfigurationKind.Boolean, TomlValue.Boolean truth) => (truth.Value, ""),
        (ConfigurationKind.TextList, TomlValue.Array array) when array.Items.All(static i => i is TomlValue.Text) =>
            Checked(key, [.. array.Items.OfType<TomlValue.Text>().Select(static t => t.Value)]),
        _ => (null, $"takes {Describe(key.Kind)}, not {value.Kind}"),
    };

    /// <summary>Reads a variable or option: text as it is, lists either as a TOML array or separated by commas.</summary>
    public static (object? Value, string Error) FromText(ConfigurationKey key, string text)
    {
        switch (key.Kind)
        {
            case ConfigurationKind.Text:
                return Checked(key, text);
            case ConfigurationKind.TextList when !text.TrimStart().StartsWith('['):
                return Checked(key, text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            default:
                var document = TomlDocument.Parse("value = " + text);
                return document.Diagnostics.Count == 0 && document.Root.Entries.Count == 1 && document.Root["value"] is { } value
                    ? FromToml(key, value)
                    : (null, $"takes {Describe(key.Kind)}, not '{text}'");
        }
    }

    private static (object? Value, string Error) Checked(ConfigurationKey key, string text) =>
        key.Choices.Count == 0 || key.Choices.Contains(text, StringComparer.Ordinal)
            ? (text, "")
            : (null, $"is one of {string.Join(", ", key.Choices)}, not '{text}'");

    private static (object? Value, string Error) Checked(ConfigurationKey key, string[] list) =>
        key.Choices.Count == 0 || Array.Find(list, item => !key.Choices.Contains(item, StringComparer.Ordinal)) is not { } other
            ? (list, "")
            : (null, $"takes {string.Join(", ", key.Choices)}, not '{other}'");

    private static (object? Value, string Error) Checked(ConfigurationKey key, long number) => InRange(key, number) ? (number, "") : (null, Range(key));

    private static (object? Value, string Error) Checked(ConfigurationKey key, double number) => InRange(key, number) ? (number, "") : (null, Range(key));

    private static bool InRange(ConfigurationKey key, double number) => number >= key.Minimum && number <= key.Maximum;

    private static string Range(ConfigurationKey key) => key.Maximum < double.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"must lie between {key.Minimum} and {key.Maximum}")
        : string.Create(CultureInfo.InvariantCulture, $"must be at least {key.Minimum}");

    private static string Describe(ConfigurationKind kind) => kind switch
    {
        ConfigurationKind.Text => "a string",
        ConfigurationKind.Integer => "a whole number",
        ConfigurationKind.Number => "a number",
        ConfigurationKind.Boolean => "true or false",
        _ => "an array of strings",
    };
}
