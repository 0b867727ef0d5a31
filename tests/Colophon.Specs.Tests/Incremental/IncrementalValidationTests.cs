using System.Globalization;
using Colophon.Specs.Checking;
using Colophon.Specs.Incremental;

namespace Colophon.Specs.Tests.Incremental;

public sealed class IncrementalValidationTests
{
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("COLOPHON_EDITS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 5;

    [Fact]
    public void Our_own_incremental_answer_is_our_full_answer_after_every_edit()
    {
        for (var seed = 1; seed <= Rounds; seed++)
        {
            using var folder = RandomEdits.Start();
            var tree = folder.Open();
            var strict = seed % 2 == 0;
            var incremental = new IncrementalValidation(tree, new IncrementalOptions { OwnFindings = true, Strict = strict, CacheBytes = seed % 3 == 0 ? 4096 : 1 << 20 });
            var edits = new RandomEdits(folder, new Random(seed));
            for (var step = 0; step < 60; step++)
            {
                var paths = edits.Next();
                foreach (var path in paths)
                    incremental.Changed(path);
                var expected = SpecCheck.Run(tree, new CheckOptions { Strict = strict }).Items.Select(static item =>
                    $"{item.Kind} {item.Id} {item.Valid}{string.Concat(item.Findings.Select(static found => $"\n  {found.Level} {found.Path}:{found.Line} {found.Code} {found.Message}"))}");
                var (first, second) = (string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', incremental.Report().Items.Select(Describe).Order(StringComparer.Ordinal)));
                Assert.True(first == second, $"seed {seed}, step {step}: {string.Join(", ", paths)}\nfull:\n{first}\nincremental:\n{second}");
            }
        }
    }

    [Fact]
    public void The_incremental_answer_is_the_full_answer_after_every_edit()
    {
        for (var seed = 1; seed <= Rounds; seed++)
        {
            using var folder = RandomEdits.Start();
            var tree = folder.Open();
            // A cache too small for the tree as well: what was evicted is read again.
            var incremental = new IncrementalValidation(tree, new IncrementalOptions { Strict = seed % 2 == 0, CacheBytes = seed % 3 == 0 ? 4096 : 1 << 20 });
            var edits = new RandomEdits(folder, new Random(seed));
            for (var step = 0; step < 60; step++)
            {
                var paths = edits.Next();
                foreach (var path in paths)
                    incremental.Changed(step % 2 == 0 ? path : $"{tree.Root}/{path}");
                var expected = Validation.All(tree, strict: seed % 2 == 0);
                Check(expected, incremental.Report(), $"seed {seed}, step {step}: {string.Join(", ", paths)}");
            }
        }
    }

    [Fact]
    public void An_edit_validates_only_what_it_can_affect()
    {
        using var folder = RandomEdits.Start();
        var incremental = new IncrementalValidation(folder.Open());
        Assert.Equal(["add-a", "add-b", "auth", "data/cache"], Names(incremental));
        Assert.Empty(Names(incremental));
        incremental.Changed("openspec/changes/add-b/tasks.md");
        Assert.Equal(["add-b"], Names(incremental));
        incremental.Changed("openspec/specs/auth/spec.md");
        Assert.Equal(["add-a", "auth"], Names(incremental));
        incremental.Changed("README.md");
        incremental.Changed("openspec/changes/archive/2026-01-01-x/tasks.md");
        Assert.Empty(Names(incremental));
        incremental.Changed("openspec/config.yaml");
        Assert.Equal(["add-a", "add-b"], Names(incremental));
    }

    [Fact]
    public void One_item_is_validated_without_the_others()
    {
        using var folder = RandomEdits.Start();
        var incremental = new IncrementalValidation(folder.Open());
        Assert.NotNull(incremental.Item(ItemKind.Change, "add-a"));
        Assert.Null(incremental.Item(ItemKind.Change, "nothing"));
        Assert.Equal(["add-b", "auth", "data/cache"], Names(incremental));
    }

    [Fact]
    public void A_text_that_is_not_saved_counts_until_it_is_taken_back()
    {
        using var folder = RandomEdits.Start();
        var incremental = new IncrementalValidation(folder.Open());
        var before = incremental.Report();
        incremental.SetText("openspec/specs/auth/spec.md", "# nothing\n");
        var edited = incremental.Report();
        Assert.False(Assert.Single(edited.Items, static item => item.Id == "auth").Valid);
        Assert.Contains(Assert.Single(edited.Items, static item => item.Id == "add-a").Issues, static issue => issue.Code == "archive-refuses");
        incremental.SetText("openspec/specs/auth/spec.md", null);
        Check(before, incremental.Report(), "taken back");
        incremental.SetText("openspec/changes/add-a/specs/auth/spec.md", "## ADDED Requirements\n");
        Assert.False(Assert.Single(incremental.Report().Items, static item => item.Id == "add-a").Valid);
    }

    [Fact]
    public void What_is_kept_stays_within_its_bound()
    {
        using var folder = new TemporaryTree();
        for (var i = 0; i < 40; i++)
            folder.Add($"openspec/specs/s{i}/spec.md", $"## Purpose\n{new string('x', 10_000)}\n## Requirements\n").Add($"openspec/changes/c{i}/specs/s{i}/spec.md", new string('y', 10_000));
        var incremental = new IncrementalValidation(folder.Open(), new IncrementalOptions { CacheBytes = 100_000 });
        incremental.Report();
        Assert.InRange(incremental.CachedBytes, 50_000, 200_000);
        incremental.Reload();
        Assert.Equal(0, incremental.CachedBytes);
        Check(Validation.All(folder.Open()), incremental.Report(), "read again");
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_is_the_error_that_a_full_run_makes()
    {
        using var folder = RandomEdits.Start();
        var tree = folder.Open();
        var incremental = new IncrementalValidation(tree);
        incremental.Report();
        Directory.Delete($"{folder.Path}/openspec/specs", recursive: true);
        File.CreateSymbolicLink($"{folder.Path}/openspec/specs", "specs");
        incremental.Changed("openspec/specs");
        Assert.Equal(Assert.Throws<SpecException>(() => Validation.All(tree)).Message, Assert.Throws<SpecException>(incremental.Report).Message);
        File.Delete($"{folder.Path}/openspec/specs");
        incremental.Changed("openspec/specs");
        Check(Validation.All(tree), incremental.Report(), "mended");
    }

    private static string[] Names(IncrementalValidation incremental) => [.. incremental.Refresh().Select(static item => item.Id).Order(StringComparer.Ordinal)];

    private static void Check(ValidationReport expected, ValidationReport actual, string when)
    {
        var (first, second) = (Describe(expected), Describe(actual));
        Assert.True(first == second, $"{when}\nfull:\n{first}\nincremental:\n{second}");
    }

    private static string Describe(ValidationReport report) => string.Join('\n', report.Items.Select(Describe));

    private static string Describe(ValidationItem item) =>
        $"{item.Kind} {item.Id} {item.Valid}{string.Concat(item.Issues.Select(static issue => $"\n  {issue.Level} {issue.Path}:{issue.Line} {issue.Code} {issue.Message}"))}";
}
