using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Tests.Configuration;

public sealed class LayeredConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_layer_lies_over_the_one_before_and_values_know_where_they_came_from()
    {
        var sources = Sources(system: "[limits]\nturns = 1\ntokens = 1\n", user: "[limits]\nturns = 30\n\ntokens = 2\ncontext_tokens = 9000", project: "[limits]\nturns = 20");
        Assert.Equal("built-in", Origin(sources, "limits.money_micros"));
        Assert.Equal((20L, $"{sources.ProjectFile}:2"), Value(sources, "limits.turns"));
        Assert.Equal((2L, $"{sources.UserFile}:4"), Value(sources, "limits.tokens"));
        var environment = sources with { Environment = new Dictionary<string, string> { ["COLOPHON__LIMITS__TURNS"] = "50", ["COLOPHON_REBUILD"] = "1" } };
        Assert.Equal((50L, "COLOPHON__LIMITS__TURNS"), Value(environment, "limits.turns"));
        Assert.Equal((7L, "--turns"), Value(environment with { CommandLine = [("limits.turns", "7", "--turns")] }, "limits.turns"));
    }

    [Theory]
    [InlineData("[limits]\nturn = 3", 2, "'limits.turn'", "'turns'")]
    [InlineData("[limts]\nturns = 3", 1, "'limts'", "'limits'")]
    [InlineData("max_tokens = 3", 1, "'max_tokens'", "'model.max_tokens'")]
    [InlineData("[model.default]\nx = 1", 1, "takes a string, not a table", "provider/model")]
    [InlineData("[limits]\nturns = 0", 2, "between 1 and 10000", "model calls")]
    [InlineData("model = 3", 1, "is a section", "[model]")]
    [InlineData("[providers.x]\nkind = 'grpc'", 2, "is one of anthropic, openai-chat", "wire")]
    [InlineData("[model]\nfallback = [1]", 2, "an array of strings", "Models tried")]
    public void A_wrong_line_is_an_error_that_names_its_place_and_what_was_meant(string file, int line, string message, string hint)
    {
        var sources = Sources(user: file);
        var error = Assert.Throws<KernelException>(() => LayeredConfiguration.Load(sources));
        Assert.Equal(KernelError.ConfigurationInvalid, error.Error);
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.StartsWith($"{sources.UserFile}:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("required = 2", "required = 1", null, "approval.required", 2L)]
    [InlineData("required = 1", "required = 3", "0", "approval.required", 3L)]
    [InlineData("", "required = 2", "5", "approval.required", 5L)]
    [InlineData("allow_author = false", "allow_author = true", null, "approval.allow_author", false)]
    [InlineData("allow_author = true", "allow_author = false", null, "approval.allow_author", false)]
    public void Rules_among_people_are_loosened_by_no_layer(string user, string project, string? environment, string key, object expected)
    {
        var sources = Sources(user: "[approval]\n" + user, project: "[approval]\n" + project);
        if (environment is not null)
            sources = sources with { Environment = new Dictionary<string, string> { ["COLOPHON__APPROVAL__REQUIRED"] = environment } };
        Assert.Equal(expected, LayeredConfiguration.Load(sources).Find(key)?.Value);
    }

    [Fact]
    public void Lists_of_rules_join_or_narrow()
    {
        var configuration = LayeredConfiguration.Load(Sources(user: "[approval]\nbefore = ['apply']\nroles = ['reviewer', 'developer']", project: "[approval]\nbefore = ['archive']\nroles = ['reviewer']"));
        Assert.Equal(["apply", "archive"], configuration.TextList("approval.before"));
        Assert.Equal(["reviewer"], configuration.TextList("approval.roles"));
        Assert.Equal(["archive"], LayeredConfiguration.Load(Sources(project: "[approval]\nbefore = ['archive']")).TextList("approval.before"));
        Assert.Throws<KernelException>(() => LayeredConfiguration.Load(Sources(user: "[approval]\nroles = ['reviewer']", project: "[approval]\nroles = ['developer']")));
        Assert.Throws<KernelException>(() => LayeredConfiguration.Load(Sources(project: "[approval]\nroles = ['boss']")));
    }

    [Fact]
    public void Another_version_of_the_projects_file_only_tightens_and_only_rules_among_people()
    {
        var configuration = LayeredConfiguration.Load(Sources(project: "[approval]\nrequired = 1\nroles = ['developer']\n[limits]\nturns = 9"));
        var strict = configuration.Stricter([("main:config", "[approval]\nrequired = 2\nroles = ['reviewer']\nnonsense = 1\n[limits]\nturns = 3\n["u8.ToArray())]);
        Assert.Equal((2L, "main:config:2"), (strict.Integer("approval.required"), strict.Find("approval.required")?.Origin.ToString()));
        Assert.Equal((9L, "reviewer"), (strict.Integer("limits.turns"), string.Join(',', strict.TextList("approval.roles"))));
        Assert.Equal(1, configuration.Integer("approval.required"));
        Assert.Equal(1, configuration.Stricter([("main:config", "[approval]\nrequired = 0"u8.ToArray())]).Integer("approval.required"));
    }

    [Theory]
    [InlineData("[providers.openai]\nbase_url = 'https://evil.example'")]
    [InlineData("[sandbox]\nallow_unsandboxed = true")]
    [InlineData("[sandbox]\nread = ['/home']")]
    [InlineData("[sandbox]\nnetwork = true")]
    [InlineData("[secrets]\nallow_paths = ['**']")]
    [InlineData("[signing]\nkeyrings = []")]
    [InlineData("[audit]\npseudonym = 'someone else'")]
    public void A_project_cannot_widen_what_the_user_allows(string project)
    {
        var error = Assert.Throws<KernelException>(() => LayeredConfiguration.Load(Sources(project: project)));
        Assert.Contains("A project's file may not set", error.Message, StringComparison.Ordinal);
        Assert.NotNull(LayeredConfiguration.Load(Sources(user: project, project: "")));
    }

    [Theory]
    [InlineData("turns = 10", "turns = 20", "limits.turns", 10)]
    [InlineData("turns = 10", "turns = 5", "limits.turns", 5)]
    [InlineData("money_micros = 100", "money_micros = 0", "limits.money_micros", 100)]
    [InlineData("money_micros = 0", "money_micros = 100", "limits.money_micros", 100)]
    public void A_project_can_only_lower_a_limit(string user, string project, string name, long expected) =>
        Assert.Equal(expected, LayeredConfiguration.Load(Sources(user: "[limits]\n" + user, project: "[limits]\n" + project)).Integer(name));

    [Fact]
    public void A_project_may_forbid_the_network() =>
        Assert.False(LayeredConfiguration.Load(Sources(user: "[sandbox]\nnetwork = true", project: "[sandbox]\nnetwork = false")).Boolean("sandbox.network"));

    [Fact]
    public void Providers_are_named_by_the_user()
    {
        var configuration = LayeredConfiguration.Load(Sources(user: "[providers.zeta]\nkind = 'anthropic'\n[providers.alpha]\nbase_url = 'http://localhost:1'\nheaders = { X-Team = 'a' }"));
        Assert.Equal(["alpha", "zeta"], configuration.Names("providers"));
        Assert.Equal("http://localhost:1", configuration.Text("providers.alpha.base_url"));
        Assert.Equal("a", configuration.Text("providers.alpha.headers.X-Team"));
    }

    [Fact]
    public void Variables_hold_text_numbers_and_lists()
    {
        var sources = Sources() with
        {
            Environment = new Dictionary<string, string>
            {
                ["COLOPHON__MODEL__DEFAULT"] = "ollama/qwen3:8b",
                ["COLOPHON__MODEL__TEMPERATURE"] = "1",
                ["COLOPHON__MODEL__FALLBACK"] = "a/b, c/d",
                ["COLOPHON__SANDBOX__READ"] = "['/x,y']",
                ["COLOPHON__SANDBOX__NETWORK"] = "true",
            },
        };
        var configuration = LayeredConfiguration.Load(sources);
        Assert.Equal("ollama/qwen3:8b", configuration.Text("model.default"));
        Assert.Equal(1.0, configuration.Number("model.temperature"));
        Assert.Equal(["a/b", "c/d"], configuration.TextList("model.fallback"));
        Assert.Equal(["/x,y"], configuration.TextList("sandbox.read"));
        Assert.True(configuration.Boolean("sandbox.network"));
    }

    [Theory]
    [InlineData("COLOPHON__LIMITS__TURNS", "many")]
    [InlineData("COLOPHON__LIMITS__TURNS", "3\nmoney_micros = 5")]
    [InlineData("COLOPHON__LIMITS", "3")]
    [InlineData("COLOPHON__", "3")]
    public void A_wrong_variable_is_named(string name, string value)
    {
        var sources = Sources() with { Environment = new Dictionary<string, string> { [name] = value } };
        Assert.StartsWith(name + ": ", Assert.Throws<KernelException>(() => LayeredConfiguration.Load(sources)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_toml_is_told_with_its_line()
    {
        var error = Assert.Throws<KernelException>(() => LayeredConfiguration.Load(Sources(user: "[limits]\nturns = \n")));
        Assert.Equal(KernelError.TomlInvalid, error.Error);
        Assert.Contains("user.toml:2: Expected a value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_empty_ones_and_every_built_in_value_fits_its_key()
    {
        var configuration = LayeredConfiguration.Load(new ConfigurationSources { UserFile = Path.Combine(_folder.Path, "none/none.toml") });
        foreach (var key in ConfigurationKeys.All.Where(static k => k.Default is not null))
            Assert.Equal(key.Default, configuration.Find(key.Name)?.Value);
        Assert.Equal(40, configuration.Integer("limits.turns"));
    }

    private static (object?, string?) Value(ConfigurationSources sources, string name) =>
        LayeredConfiguration.Load(sources).Find(name) is { } value ? (value.Value, value.Origin.ToString()) : (null, null);

    private static string? Origin(ConfigurationSources sources, string name) => Value(sources, name).Item2;

    private ConfigurationSources Sources(string system = "", string user = "", string project = "") => new()
    {
        SystemFile = Write("system.toml", system),
        UserFile = Write("user.toml", user),
        ProjectFile = Write("project.toml", project),
    };

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
