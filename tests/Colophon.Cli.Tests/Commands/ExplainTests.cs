using System.Reflection;
using System.Text.Json;
using Colophon.Engine.Explain;
using Colophon.Kernel.Errors;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Tests.Commands;

public sealed class ExplainTests
{
    [Fact]
    public async Task A_code_that_is_like_no_other_suggests_none()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.OfAsync(folder.Path, ["explain", "COL9999"]);
        Assert.DoesNotContain("Did you mean", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'COL", (await CliRun.OfAsync(folder.Path, ["explain", "COL11184"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_of_every_kind_of_error_is_explained()
    {
        var enums = Assemblies().SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.IsSubclassOf(typeof(ColophonException)))
            .SelectMany(static type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .SelectMany(static constructor => constructor.GetParameters())
            .Select(static parameter => parameter.ParameterType)
            .Where(static type => type.IsEnum && type != typeof(ExitCode))
            .Append(typeof(SpecRule))
            .Distinct()
            .ToList();
        Assert.True(enums.Count >= 9, string.Join(", ", enums));
        var missing = enums.SelectMany(Members).Where(static member => CodeCatalogue.Find(member.Code) is null).Select(static member => $"{member.Code} ({member.Name})");
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_exit_code_is_explained() =>
        Assert.All(Enum.GetValues<ExitCode>(), static exit => Assert.NotNull(CodeCatalogue.Find($"EXIT{(int)exit}")));

    [Fact]
    public void Nothing_is_explained_that_does_not_exist()
    {
        var known = Assemblies().SelectMany(static assembly => assembly.GetTypes()).Where(static type => type.IsEnum).SelectMany(Members).Select(static member => member.Code)
            .Concat(Enum.GetValues<ExitCode>().Select(static exit => $"EXIT{(int)exit}")).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(CodeCatalogue.All.Where(entry => !known.Contains(entry.Code)).Select(static entry => entry.Code));
    }

    [Fact]
    public void No_code_has_two_meanings()
    {
        var codes = Assemblies().SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type == typeof(SpecRule) || (type.IsEnum && type.Name.EndsWith("Error", StringComparison.Ordinal) && type.Name != "TickError"))
            .SelectMany(Members).ToList();
        Assert.Empty(codes.GroupBy(static member => member.Code, StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => group.Key));
    }

    [Fact]
    public void Explanations_are_whole_sentences() => Assert.All(CodeCatalogue.All, static entry =>
    {
        Assert.False(entry.Title.EndsWith('.'), entry.Code);
        Assert.All([entry.Meaning, entry.Why, entry.Mend], text => Assert.True(text.EndsWith('.') && text.Length > 5, $"{entry.Code}: {text}"));
    });

    [Theory]
    [InlineData("COL1011")]
    [InlineData("col1011")]
    [InlineData("1011")]
    public async Task A_code_is_explained_however_it_is_typed(string word)
    {
        var run = await CliRun.OfAsync("/", ["explain", word]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("COL1011  There is no such change\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("How to mend it\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leading_zeros_can_be_left_out() => Assert.StartsWith("COL0101", (await CliRun.OfAsync("/", ["explain", "101"])).Output, StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_code_is_an_error_with_the_nearest_one()
    {
        var run = await CliRun.OfAsync("/", ["explain", "COL101"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("COL7531", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'COL", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_codes_are_listed_as_text_and_as_json()
    {
        Assert.Contains("EXIT74", (await CliRun.OfAsync("/", ["explain"])).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await CliRun.OfAsync("/", ["explain", "--json"])).Output);
        Assert.Equal(CodeCatalogue.All.Count, json.RootElement.GetProperty("codes").GetArrayLength());
        using var one = JsonDocument.Parse((await CliRun.OfAsync("/", ["explain", "COL1112", "--json"])).Output);
        Assert.Contains("FROM:", one.RootElement.GetProperty("example").GetString(), StringComparison.Ordinal);
    }

    private static IEnumerable<Assembly> Assemblies() => Directory.GetFiles(AppContext.BaseDirectory, "Colophon.*.dll")
        .Where(static file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).Select(static file => Assembly.Load(Path.GetFileNameWithoutExtension(file))).Append(typeof(CliProgram).Assembly);

    private static IEnumerable<(string Code, string Name)> Members(Type type) =>
        Enum.GetValues(type).Cast<object>().Select(value => ($"COL{Convert.ToInt64(value):D4}", $"{type.Name}.{value}"));
}
