using System.Text.Json;

namespace Colophon.Cli.Tests.Commands;

/// <summary>Specifications in another language, by configuration: native commands understand them.</summary>
public sealed class KeywordsTests
{
    private const string German = """
        [specs.keywords]
        purpose = ["Zweck"]
        requirements = ["Anforderungen"]
        added = ["Neue Anforderungen"]
        renamed = ["Umbenannte Anforderungen"]
        why = ["Warum"]
        what_changes = ["Was sich ändert"]
        requirement = ["Anforderung"]
        scenario = ["Szenario"]
        from = ["VON"]
        to = ["NACH"]
        shall = ["MUSS", "SOLL"]
        when = ["WENN"]
        then = ["DANN"]
        """;

    private const string Japanese = """
        [specs.keywords]
        purpose = ["目的"]
        requirements = ["要件"]
        added = ["追加要件"]
        renamed = ["改名要件"]
        why = ["理由"]
        what_changes = ["変更内容"]
        requirement = ["要件"]
        scenario = ["シナリオ"]
        from = ["旧"]
        to = ["新"]
        shall = ["なければならない"]
        when = ["もし"]
        then = ["ならば"]
        """;

    [Theory]
    [InlineData("German")]
    [InlineData("Japanese")]
    public async Task Native_commands_understand_and_archive_in_the_authors_words(string language)
    {
        using var folder = language == "German" ? InGerman() : InJapanese();
        folder.Write(".colophon/config.toml", language == "German" ? German : Japanese);
        var validated = await CliRun.OfAsync(folder.Path, ["validate", "--all", "--strict"]);
        Assert.Equal((0, ""), (validated.ExitCode, validated.Error));
        using var specs = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["list", "--specs", "--json"])).Output);
        Assert.Equal(1, specs.RootElement.GetProperty("specs")[0].GetProperty("requirementCount").GetInt32());
        using var shown = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["show", "c", "--json"])).Output);
        Assert.Equal(2, shown.RootElement.GetProperty("deltaCount").GetInt32());
        using var status = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["status", "c", "--json"])).Output);
        Assert.True(status.RootElement.GetProperty("canArchive").GetBoolean());

        var archived = await CliRun.OfAsync(folder.Path, ["archive", "c", "--yes"]);
        Assert.Equal((0, ""), (archived.ExitCode, archived.Error));
        var spec = File.ReadAllText(folder.At("openspec/specs/cap/spec.md"));
        Assert.Equal(language == "German" ? ["### Anforderung: Sofort", "### Anforderung: Leise"] : ["### 要件：即時", "### 要件：静か"], spec.Split('\n').Where(static line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["validate", "--all", "--strict", "--json"])).ExitCode);
    }

    [Fact]
    public async Task The_users_own_file_counts()
    {
        using var folder = InGerman();
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home.Path };
        Assert.Equal(1, (await CliRun.OfAsync(folder.Path, ["validate", "--all"], environment: environment)).ExitCode);
        home.Write(".config/colophon/config.toml", German);
        Assert.Equal(0, (await CliRun.OfAsync(folder.Path, ["validate", "--all"], environment: environment)).ExitCode);
    }

    [Fact]
    public async Task A_project_of_a_monorepo_takes_the_words_of_the_repositorys_root()
    {
        using var outer = new TemporaryFolder();
        outer.Write(".git/HEAD", "ref: refs/heads/main\n");
        outer.Write(".colophon/config.toml", German);
        outer.Write("packages/one/openspec/specs/cap/spec.md", Spec);
        Assert.Equal(0, (await CliRun.OfAsync(outer.At("packages/one"), ["validate", "--all", "--strict"])).ExitCode);
        Assert.Equal(0, (await CliRun.OfAsync(outer.Path, ["validate", "--all", "--strict", "--root", "packages/one"])).ExitCode);
    }

    [Fact]
    public async Task A_word_for_two_things_is_refused_with_a_code()
    {
        using var folder = InGerman();
        folder.Write(".colophon/config.toml", "[specs.keywords]\nadded = [\"Neu\"]\nmodified = [\"neu\"]\n");
        Assert.Contains("error COL1047: specs.keywords.modified: \"neu\" stands for `added` already.", (await CliRun.OfAsync(folder.Path, ["list"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_and_archive_agree_on_what_may_be_archived()
    {
        using var folder = InGerman();
        folder.Write(".colophon/config.toml", German);
        folder.Write("openspec/changes/c/specs/cap/spec.md", "## Neue Anforderungen\n\n### Anforderung: Schnell\nEs MUSS anders sein.\n\n#### Szenario: Eins\n- **WENN** a\n- **DANN** b\n");
        using var status = JsonDocument.Parse((await CliRun.OfAsync(folder.Path, ["status", "c", "--json"])).Output);
        Assert.False(status.RootElement.GetProperty("canArchive").GetBoolean());
        Assert.Contains("COL1041", (await CliRun.OfAsync(folder.Path, ["archive", "c", "--yes"])).Error, StringComparison.Ordinal);
    }

    private const string Spec = """
        # cap

        ## Zweck
        Diese Fähigkeit ist hier, damit ein Test etwas zu betrachten hat.

        ## Anforderungen

        ### Anforderung: Schnell
        Die Antwort MUSS sofort kommen.

        #### Szenario: Eins
        - **WENN** jemand fragt
        - **DANN** kommt die Antwort

        """;

    private static TemporaryFolder InGerman() => Fill(
        Spec,
        """
        ## Umbenannte Anforderungen

        - VON: `### Anforderung: Schnell`
        - NACH: `### Anforderung: Sofort`

        ## Neue Anforderungen

        ### Anforderung: Leise
        Die Antwort SOLL leise sein.

        #### Szenario: Zwei
        - **WENN** jemand fragt
        - **DANN** hört es niemand

        """,
        "# Leise\n\n## Warum\n\nEs ist zu laut.\n\n## Was sich ändert\n\n- leiser\n");

    private static TemporaryFolder InJapanese() => Fill(
        """
        # cap

        ## 目的
        この機能は、試験が見るものを持てるように、ここに置かれている。これは五十文字を超える長さの説明文でなければならないので、少し長く書いてある。

        ## 要件

        ### 要件：高速
        システムは直ちに応答しなければならない。

        #### シナリオ：一
        - **もし** 誰かが尋ねた
        - **ならば** 応答が来る

        """,
        """
        ## 改名要件

        - 旧：`### 要件：高速`
        - 新：`### 要件：即時`

        ## 追加要件

        ### 要件：静か
        応答は静かでなければならない。

        #### シナリオ：二
        - **もし** 誰かが尋ねた
        - **ならば** 誰にも聞こえない

        """,
        "# 静か\n\n## 理由\n\n音が大きい。\n\n## 変更内容\n\n- 静かにする\n");

    private static TemporaryFolder Fill(string spec, string delta, string proposal)
    {
        var folder = new TemporaryFolder();
        folder.Write("openspec/specs/cap/spec.md", spec);
        folder.Write("openspec/changes/c/specs/cap/spec.md", delta);
        folder.Write("openspec/changes/c/proposal.md", proposal);
        folder.Write("openspec/changes/c/.openspec.yaml", "schema: spec-driven\n");
        folder.Write("openspec/changes/c/tasks.md", "## 1. W\n\n- [x] 1.1 a\n");
        return folder;
    }
}
