using System.Text.RegularExpressions;

namespace Colophon.Specs.Tests.Golden;

/// <summary>The whole drop-in against what the npm CLI answered: text, errors, JSON, exit codes and the tree behind an archive.</summary>
public sealed partial class DropInTests(ITestOutputHelper output)
{
    private const string Today = "2026-11-20";

    [Fact]
    public void The_copied_cases_are_answered_and_archived_as_by_the_OpenSpec_CLI() =>
        Check(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures/openspec-kit"), "*.json"));

    [Fact]
    public void Every_case_of_the_kit_is_answered_and_archived_as_by_the_OpenSpec_CLI()
    {
        if (GoldenKit.Find() is not { } kit)
        {
            output.WriteLine("Skipped: ../shared/kits/openspec is not there (set COLOPHON_OPENSPEC_KIT to its folder).");
            return;
        }

        Check(Directory.GetFiles(Path.Combine(kit, "cases"), "*.json"));
    }

    private void Check(string[] files)
    {
        Assert.NotEmpty(files);
        var (failures, runs) = (new List<string>(), 0);
        foreach (var golden in files.Order(StringComparer.Ordinal).Select(GoldenCase.Load))
        {
            using (var tree = golden.Unpack())
                runs += golden.Steps.Sum(step => Compare(golden.Id, step, tree, failures));
            using (var tree = golden.Unpack())
            {
                runs += golden.ArchiveSteps.Sum(step => Compare(golden.Id, step, tree, failures));
                runs += Compare(golden.Id, golden.PostArchiveValidate, tree, failures);
                using var after = golden.UnpackAfter();
                CompareTrees(golden.Id, after, tree, failures);
            }

            using (var tree = golden.Unpack())
                runs += golden.ArchiveJsonSteps.Sum(step => Compare(golden.Id, step, tree, failures));
        }

        output.WriteLine($"{runs} runs of {files.Length} cases");
        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join("\n\n", failures.Take(10))}");
    }

    private static int Compare(string id, GoldenStep step, TemporaryTree tree, List<string> failures)
    {
        var run = DropInRun.Of(tree.Path, step.Arguments);
        var expected = step.Json is { } json ? GoldenJson.Stringify(json) : step.Text;
        var problem = run.ExitCode != step.ExitCode ? $"exit {run.ExitCode}, recorded {step.ExitCode}"
            : Difference(expected, Normalise(run.Output, tree)) ?? Difference(step.Error, Normalise(run.Error, tree));
        if (problem is not null)
            failures.Add($"{id} {string.Join(' ', step.Arguments)}: {problem}");
        return 1;
    }

    private static void CompareTrees(string id, TemporaryTree expected, TemporaryTree actual, List<string> failures)
    {
        var (left, right) = (Read(expected), Read(actual));
        foreach (var path in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal))
        {
            if (!left.TryGetValue(path, out var one) || !right.TryGetValue(path, out var other) || !one.AsSpan().SequenceEqual(other))
                failures.Add($"{id}: the tree differs at {path}");
        }
    }

    private static Dictionary<string, byte[]> Read(TemporaryTree tree)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in Directory.EnumerateFileSystemEntries(tree.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            var path = Path.GetRelativePath(tree.Path, entry);
            if (File.Exists(entry))
                files.Add(path, File.ReadAllBytes(entry));
            else if (!Directory.EnumerateFileSystemEntries(entry).Any())
                files.Add(path + "/", []);
        }

        return files;
    }

    private static string? Difference(string expected, string actual)
    {
        if (expected == actual)
            return null;
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        return $"line {line + 1}\n  recorded: {left.ElementAtOrDefault(line)}\n  ours:     {right.ElementAtOrDefault(line)}";
    }

    private static string Normalise(string text, TemporaryTree tree)
    {
        text = text.Replace(tree.Path, "<ROOT>", StringComparison.Ordinal);
        text = Timestamp().Replace(text, "[<TIMESTAMP>]");
        return Duration().Replace(text, "\"durationMs\": 0").Replace(Today, "<DATE>", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"durationMs\": [0-9]+")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\[\d{4}-\d\d-\d\dT[\d:.]+Z\]")]
    private static partial Regex Timestamp();
}
