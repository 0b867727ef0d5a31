using System.Globalization;
using System.Text.Json;
using Colophon.Kernel.Configuration.Toml;

namespace Colophon.Kernel.Tests.Configuration;

/// <summary>The toml-test suite (https://github.com/toml-lang/toml-test): a part is kept here, the whole is run where its kit is at hand.</summary>
public sealed class TomlConformanceTests
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Configuration/Fixtures/toml-test");

    [Fact]
    public void The_kept_part_of_the_suite_passes() => Check(Fixtures, least: 60);

    [Fact]
    public void The_whole_suite_passes()
    {
        var kit = RepositoryFolder.Shared("kits/toml-test/tests");
        Assert.SkipWhen(kit is null, "The toml-test kit is not beside this checkout (../shared/kits/toml-test).");
        Check(kit ?? "", least: 700);
    }

    private static void Check(string folder, int least)
    {
        var failures = new List<string>();
        var cases = File.ReadAllLines(Path.Combine(folder, "files-toml-1.0.0")).Where(static l => l.EndsWith(".toml", StringComparison.Ordinal)).ToList();
        foreach (var name in cases)
        {
            var document = TomlDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
            if (name.StartsWith("invalid/", StringComparison.Ordinal))
            {
                if (document.Diagnostics.Count == 0)
                    failures.Add($"{name}: accepted");
                continue;
            }

            if (document.Diagnostics.Count > 0)
            {
                failures.Add($"{name}: {document.Diagnostics[0]}");
                continue;
            }

            using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, Path.ChangeExtension(name, ".json"))));
            if (!Same(expected.RootElement, document.Root))
                failures.Add($"{name}: another value");
        }

        Assert.Empty(failures);
        Assert.True(cases.Count >= least, $"only {cases.Count} cases");
    }

    private static bool Same(JsonElement expected, TomlValue actual) => actual switch
    {
        TomlValue.Table table => expected.ValueKind == JsonValueKind.Object
            && expected.EnumerateObject().Count() == table.Entries.Count
            && expected.EnumerateObject().All(p => table[p.Name] is { } value && Same(p.Value, value)),
        TomlValue.Array array => expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == array.Items.Count
            && expected.EnumerateArray().Zip(array.Items).All(static pair => Same(pair.First, pair.Second)),
        _ => SameScalar(expected.GetProperty("type").GetString(), expected.GetProperty("value").GetString() ?? "", actual),
    };

    private static bool SameScalar(string? type, string value, TomlValue actual) => actual switch
    {
        TomlValue.Text text => type == "string" && text.Value == value,
        TomlValue.Integer integer => type == "integer" && integer.Value.ToString(CultureInfo.InvariantCulture) == value,
        TomlValue.Boolean boolean => type == "bool" && boolean.Value == (value == "true"),
        TomlValue.Float number => type == "float" && number.Value.Equals(ParseFloat(value)),
        TomlValue.Time time => type == Name(time.TimeKind) && TrimFraction(time.Value) == TrimFraction(value),
        _ => false,
    };

    private static double ParseFloat(string value) => value.TrimStart('+') switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "-nan" => double.NaN,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };

    private static string Name(TomlTimeKind kind) => kind switch
    {
        TomlTimeKind.OffsetDateTime => "datetime",
        TomlTimeKind.LocalDateTime => "datetime-local",
        TomlTimeKind.LocalDate => "date-local",
        _ => "time-local",
    };

    private static string TrimFraction(string time)
    {
        var point = time.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return time;
        var end = point + 1;
        while (end < time.Length && char.IsAsciiDigit(time[end]))
            end++;
        return time[..point] + time[point..end].TrimEnd('0').TrimEnd('.') + time[end..];
    }
}
