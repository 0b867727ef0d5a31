using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Colophon.Specs.Json;

namespace Colophon.Specs.Tests.Golden;

public sealed partial class GoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void The_copied_cases_get_the_answers_of_the_OpenSpec_CLI() =>
        Check(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures/openspec-kit"), "*.json"));

    [Fact]
    public void Every_case_of_the_kit_gets_the_answers_of_the_OpenSpec_CLI()
    {
        var kit = GoldenKit.Find();
        if (kit is null)
        {
            output.WriteLine("Skipped: ../shared/kits/openspec is not there (set COLOPHON_OPENSPEC_KIT to its folder).");
            return;
        }

        Check(Directory.GetFiles(Path.Combine(kit, "cases"), "*.json"));
    }

    private void Check(string[] files)
    {
        Assert.NotEmpty(files);
        Array.Sort(files, StringComparer.Ordinal);
        var (passed, all, failures) = (new Dictionary<string, int>(), new Dictionary<string, int>(), new List<string>());
        foreach (var golden in files.Select(GoldenCase.Load))
        {
            using (var folder = golden.Unpack())
            {
                foreach (var step in golden.Steps)
                    Compare(golden.Id, step, folder, step.Arguments[0], passed, all, failures);
            }

            using var after = golden.UnpackAfter();
            Compare(golden.Id, golden.PostArchiveValidate, after, "validate after archive", passed, all, failures);
        }

        foreach (var (kind, count) in all)
            output.WriteLine($"{kind}: {passed.GetValueOrDefault(kind)} of {count} byte for byte");
        Assert.True(failures.Count == 0, $"{failures.Count} answers differ:\n{string.Join("\n\n", failures.Take(12))}");
    }

    private static void Compare(
        string id, GoldenStep step, TemporaryTree folder, string kind, Dictionary<string, int> passed, Dictionary<string, int> all, List<string> failures)
    {
        if (step.Json is not { } recorded || step.Arguments[0] is not ("validate" or "list" or "show"))
            return;
        all[kind] = all.GetValueOrDefault(kind) + 1;
        var expected = GoldenJson.Stringify(recorded);
        var (exit, actual) = Run(SpecTree.Open(folder.Path), step.Arguments);
        actual = Duration().Replace(actual.Replace(folder.Path, "<ROOT>", StringComparison.Ordinal), "\"durationMs\": 0");
        if (actual == expected && exit == step.ExitCode)
            passed[kind] = passed.GetValueOrDefault(kind) + 1;
        else
            failures.Add($"{id} {string.Join(' ', step.Arguments)} (exit {exit}, recorded {step.ExitCode})\n{FirstDifference(expected, actual)}");
    }

    private static (int Exit, string Output) Run(SpecTree tree, string[] arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var name = arguments.Length > 1 && !arguments[1].StartsWith('-') ? arguments[1] : "";
        var good = true;
        switch (arguments[0])
        {
            case "list" when arguments.Contains("--specs"):
                OpenSpecJson.WriteSpecs(tree, buffer);
                break;
            case "list":
                OpenSpecJson.WriteChanges(tree, buffer);
                break;
            case "show" when arguments.Contains("change"):
                good = OpenSpecJson.WriteChange(tree, name, buffer);
                break;
            case "show" when arguments.Contains("spec"):
                good = OpenSpecJson.WriteSpec(tree, name, buffer);
                break;
            case "show":
                good = OpenSpecJson.WriteItem(tree, name, buffer);
                break;
            case "validate" when name.Length > 0:
                good = OpenSpecJson.WriteValidation(tree, name, arguments.Contains("--strict"), buffer);
                break;
            default:
                var report = Validation.All(tree, arguments.Contains("--strict"));
                OpenSpecJson.WriteReport(tree, report, buffer);
                good = report.Valid;
                break;
        }

        return (good ? 0 : 1, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        for (var i = 0; ; i++)
        {
            var (one, other) = (i < left.Length ? left[i] : "<end>", i < right.Length ? right[i] : "<end>");
            if (one != other || i >= left.Length)
                return $"  line {i + 1}\n  recorded: {one}\n  ours:     {other}";
        }
    }

    [GeneratedRegex("\"durationMs\": [0-9]+")]
    private static partial Regex Duration();
}
