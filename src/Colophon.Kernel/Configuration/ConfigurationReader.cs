using Colophon.Kernel.Configuration.Toml;

namespace Colophon.Kernel.Configuration;

/// <summary>Lays one layer over the next and notes what is wrong.</summary>
internal sealed class ConfigurationReader
{
    private const string EnvironmentPrefix = "COLOPHON__";

    private readonly List<ConfigurationProblem> _problems = [];

    public LayeredConfiguration Configuration { get; } = new();

    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    public void AddDefaults()
    {
        var origin = new ConfigurationOrigin(ConfigurationLayer.BuiltIn, "", 0);
        foreach (var key in ConfigurationKeys.All)
        {
            if (key.Default is { } value)
                Configuration.Set(new ConfigurationValue(key.Name, value, origin));
        }
    }

    public void AddFile(string? file, ConfigurationLayer layer)
    {
        if (file is null)
            return;
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem(new ConfigurationOrigin(layer, file, 0), $"The file cannot be read: {e.Message}", null);
            return;
        }

        var document = TomlDocument.Parse(content);
        foreach (var diagnostic in document.Diagnostics)
            Problem(new ConfigurationOrigin(layer, file, diagnostic.Position.Line), diagnostic.Message, null, isSyntax: true);
        AddTable(document.Root, [], new ConfigurationOrigin(layer, file, 0));
    }

    /// <summary>What another version of the project's file asks for beyond this one. Only keys of which the strictest counts are looked at; what is wrong in it was told in its day.</summary>
    public void AddOtherVersion(ReadOnlySpan<byte> content, string source)
    {
        var (problems, origin) = (_problems.Count, new ConfigurationOrigin(ConfigurationLayer.Project, source, 0));
        AddTable(TomlDocument.Parse(content).Root, [], origin, static key => key.Trust == ProjectTrust.Strictest);
        _problems.RemoveRange(problems, _problems.Count - problems);
    }

    public void AddEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, text) in environment.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
                AddText(name[EnvironmentPrefix.Length..].ToLowerInvariant().Split("__"), text, new ConfigurationOrigin(ConfigurationLayer.Environment, name, 0));
        }
    }

    public void AddCommandLine(IReadOnlyList<(string Name, string Value, string Option)> options)
    {
        foreach (var (name, text, option) in options)
            AddText(name.Split('.'), text, new ConfigurationOrigin(ConfigurationLayer.CommandLine, option, 0));
    }

    private void AddTable(TomlValue.Table table, IReadOnlyList<string> parents, ConfigurationOrigin file, Func<ConfigurationKey, bool>? only = null)
    {
        foreach (var (name, position, value) in table.Entries)
        {
            string[] path = [.. parents, name];
            var origin = file with { Line = position.Line };
            if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
                Problem(origin, $"'{name}' cannot be the name of a key or section.", null);
            else if (ConfigurationKeys.Find(path) is { } key)
            {
                if (only?.Invoke(key) != false)
                    Add(key, path, ConfigurationText.FromToml(key, value), origin);
            }
            else if (!ConfigurationKeys.IsSection(path))
                Unknown(path, origin);
            else if (value is TomlValue.Table inner)
                AddTable(inner, path, file, only);
            else
                Problem(origin, $"'{string.Join('.', path)}' is a section, not a value.", $"Write it as [{string.Join('.', path)}] with its keys below.");
        }
    }

    private void AddText(string[] path, string text, ConfigurationOrigin origin)
    {
        if (ConfigurationKeys.Find(path) is { } key)
            Add(key, path, ConfigurationText.FromText(key, text), origin);
        else
            Unknown(path, origin);
    }

    private void Add(ConfigurationKey key, string[] path, (object? Value, string Error) parsed, ConfigurationOrigin origin)
    {
        var name = string.Join('.', path);
        if (parsed.Value is not { } value)
        {
            Problem(origin, $"'{name}' {parsed.Error}.", key.Summary);
            return;
        }

        if (origin.Layer == ConfigurationLayer.Project)
        {
            if (key.Trust == ProjectTrust.UserOnly || (key.Trust == ProjectTrust.MayForbid && value is true))
            {
                Problem(origin, $"A project's file may not set '{name}'{(key.Trust == ProjectTrust.MayForbid ? " to true" : "")}.", "Move the line to your own file, $XDG_CONFIG_HOME/colophon/config.toml (~/.config/colophon/config.toml).");
                return;
            }

            if (key.Trust == ProjectTrust.MayLower && Configuration.TryInteger(name) is { } standing && !Lowers((long)value, standing, key))
                return;
        }

        if (key.Trust == ProjectTrust.Strictest && Configuration.Find(name) is { Origin.Layer: not ConfigurationLayer.BuiltIn } before)
            Tighten(key, before, value, origin);
        else
            Configuration.Set(new ConfigurationValue(name, value, origin));
    }

    private void Tighten(ConfigurationKey key, ConfigurationValue before, object value, ConfigurationOrigin origin)
    {
        var stricter = key.Stricter switch
        {
            Strictness.Larger => (long)value > (long)before.Value ? value : before.Value,
            Strictness.False => before.Value is true ? value : before.Value,
            Strictness.Either => List(before.Value).Union(List(value), StringComparer.Ordinal).ToArray(),
            // An empty list asks for nothing in particular.
            _ => List(before.Value).Count == 0 ? value : List(value).Count == 0 ? before.Value : List(before.Value).Intersect(List(value), StringComparer.Ordinal).ToArray(),
        };
        if (key.Stricter == Strictness.Both && List(stricter).Count == 0 && List(before.Value).Count > 0)
        {
            Problem(origin, $"'{before.Name}' has nothing in common with what {before.Origin} asks for, so nothing is left.", "Name at least one of the same.");
            Configuration.Set(new ConfigurationValue(before.Name, value, origin));
        }
        else if (!Same(stricter, before.Value))
            Configuration.Set(new ConfigurationValue(before.Name, stricter, origin));
    }

    private static bool Same(object one, object other) => one is IReadOnlyList<string> list ? list.SequenceEqual(List(other), StringComparer.Ordinal) : one.Equals(other);

    private static IReadOnlyList<string> List(object value) => value as IReadOnlyList<string> ?? [];

    /// <summary>Zero is "no limit" for keys that allow it, so it never lowers anything, and anything lowers it.</summary>
    private static bool Lowers(long value, long standing, ConfigurationKey key) =>
        key.Minimum > 0 ? value < standing : value != 0 && (standing == 0 || value < standing);

    private void Unknown(string[] path, ConfigurationOrigin origin)
    {
        // Name the first part that leads nowhere: in [limts] turns = 3 that is the section.
        var length = 1;
        while (length < path.Length && ConfigurationKeys.IsSection(path[..length]))
            length++;
        var part = path[..length];
        var close = ConfigurationKeys.Closest(part);
        Problem(origin, $"Unknown configuration key '{string.Join('.', path)}'.", close is null ? "`colophon config show` lists the keys." : $"Did you mean '{close}'?");
    }

    private void Problem(ConfigurationOrigin origin, string message, string? hint, bool isSyntax = false) =>
        _problems.Add(new ConfigurationProblem(origin, message, hint, isSyntax));
}
