using Colophon.Generation.Context;

namespace Colophon.Generation.Tests.Context;

public sealed class ContextBuilderTests
{
    private static ContextSelection Choose(string task, int budget, IReadOnlyDictionary<string, string>? recent, params (string Path, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in files)
        {
            var place = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(place) ?? folder.Path);
            File.WriteAllText(place, text);
        }

        return ContextBuilder.Build(new ContextRequest
        {
            Root = folder.Path,
            Files = [.. files.Select(static f => f.Path)],
            Sources = [new ContextSource("the task", 100, task), new ContextSource("the proposal", 60, "Also config.toml and cli.")],
            Recent = recent ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Budget = budget,
        });
    }

    private static void Finds(string task, params string[] expected)
    {
        var selection = Choose(task, 10_000, null, ("src/app/parser.py", "x=1\n"), ("src/app/util.py", "x=1\n"), ("tests/util.py", "x=1\n"), ("docs/notes.md", "n\n"), ("src/load_config.py", "l\n"));
        Assert.Equal(expected, selection.Files.Select(static f => f.Path));
    }

    [Fact]
    public void Files_are_found_by_path_by_unique_name_and_by_identifier()
    {
        Finds("Change src/app/util.py.", "src/app/util.py");
        Finds("Change `app/util.py`, then stop", "src/app/util.py");
        Finds("Touch util.py", []);
        Finds("Write down in notes.md: all", "docs/notes.md");
        Finds("Call load_config() first", "src/load_config.py");
        Finds("The parser.parse function", "src/app/parser.py");
        Finds("../../etc/passwd and /etc/shadow", []);
        Finds("./src/app/parser.py", "src/app/parser.py");
    }

    [Fact]
    public void The_choice_is_ranked_with_reasons_and_follows_imports()
    {
        var selection = Choose(
            "Extend app/main.py",
            10_000,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["app/old.py"] = "1.1" },
            ("AGENTS.md", "Be kind.\n"),
            ("app/main.py", "from .store import Store\nimport app.text\n"),
            ("app/store.py", "from . import disk\n"),
            ("app/disk.py", "import os\n"),
            ("app/text.py", "\n"),
            ("app/old.py", "\n"),
            ("app/far.py", "\n"),
            ("config.toml", "a = 1\n"));
        Assert.Equal(
            [
                "100 app/main.py: named in the task",
                "95 AGENTS.md: the project's notes for models",
                "75 app/old.py: written by task 1.1 of this change",
                "60 app/store.py: imported by app/main.py",
                "60 app/text.py: imported by app/main.py",
                "54 config.toml: named in the proposal",
                "36 app/disk.py: imported by app/store.py",
            ],
            selection.Files.Select(static f => $"{f.Score} {f.Path}: {f.Reason}"));
        Assert.All(selection.Files, static f => Assert.True(f.Taken));
    }

    [Fact]
    public void A_file_that_does_not_fit_is_shown_as_left_out_and_smaller_ones_still_fit()
    {
        var selection = Choose("big.py then small.py", 50, null, ("big.py", new string('x', 5000)), ("small.py", "y = 1\n"));
        Assert.Equal(["big.py False", "small.py True"], selection.Files.Select(static f => $"{f.Path} {f.Taken}"));
        Assert.InRange(selection.Tokens, 1, 50);
    }

    [Fact]
    public void Binary_files_and_links_are_never_given()
    {
        var selection = Choose("image.png", 10_000, null, ("image.png", "a\0b"));
        Assert.Empty(selection.Files);
    }
}
