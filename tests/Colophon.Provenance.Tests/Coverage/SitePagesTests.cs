using Colophon.Provenance.Attribution;
using Colophon.Provenance.Coverage;
using Colophon.Provenance.Coverage.Page;

namespace Colophon.Provenance.Tests.Coverage;

public sealed class SitePagesTests
{
    [Fact]
    public void Three_thousand_files_make_small_pages_and_nearly_every_file_is_in_the_map()
    {
        var files = Enumerable.Range(0, 3000).Select(static i =>
        {
            var lines = 20 + (i * 37 % 400);
            var model = lines * (i % 11) / 10 is var m && m > lines ? lines : m;
            CoverageRun[] runs = model == 0 ? [new(1, lines, OwnerKind.Human, null)] : model == lines ? [new(1, lines, OwnerKind.Model, 0)] : [new(1, model, OwnerKind.Model, 0), new(model + 1, lines - model, OwnerKind.Human, null)];
            return new FileCoverage($"src/part{i % 30:D2}/inner{i % 7}/file{i}.cs", new LineTotals(lines, model, lines - model, 0), runs);
        }).OrderBy(static f => f.Path, StringComparer.Ordinal).ToArray();
        var report = new CoverageReport
        {
            Project = files.Aggregate(default(LineTotals), static (t, f) => t + f.Totals),
            Files = files,
            Sources = [new CoverageSource { Decision = "d", Generation = "g", Change = "c", Person = "Ada", AcceptedAt = DateTimeOffset.UnixEpoch }],
            Specs = [], Requirements = [], Changes = [], Tasks = [], Models = [], People = [], WithoutRequirement = [], Skipped = [], Notes = [],
        };
        var pages = SitePages.Of(report, path => string.Concat(Enumerable.Repeat("some line of code\n", (int)files.First(f => f.Path == path).Totals.Lines)), new CoveragePageOptions()).ToArray();
        Assert.Equal(files.Length + 2, pages.Length);
        Assert.Equal(pages.Length, pages.Select(static p => p.Name).Distinct().Count());
        Assert.All(pages, static p => Assert.True(p.Content.Length < 2_000_000, $"{p.Name}: {p.Content.Length}"));
        Assert.True(pages.Sum(static p => (long)p.Content.Length) < 100_000_000);
        var map = pages[1].Content[..pages[1].Content.IndexOf("</svg>", StringComparison.Ordinal)];
        Assert.InRange(map.Split("<a href").Length - 1, files.Length * 95 / 100, files.Length);
        Assert.All(files, f => Assert.Contains($"<a href=\"{SitePages.NameOf(f.Path)}\"><span", pages[1].Content, StringComparison.Ordinal));
    }
}
