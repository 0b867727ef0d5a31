using System.Diagnostics.CodeAnalysis;
using Colophon.Kernel.Words;
using Colophon.Tools.Files;
using Colophon.Tools.Search;
using Colophon.Tools.Shell;

namespace Colophon.Tools;

/// <summary>The tools a model may call, in the order it is shown them. Never changes once made, so any number of threads read it without a lock.</summary>
public sealed class ToolRegistry
{
    private readonly Dictionary<string, Tool> _byName;

    /// <summary>Makes a registry.</summary>
    /// <exception cref="ArgumentException">Two tools have one name, or a name is not of <c>[a-z0-9_]</c> (at most 64 characters).</exception>
    public ToolRegistry(params IReadOnlyList<Tool> tools)
    {
        All = [.. tools];
        _byName = new Dictionary<string, Tool>(All.Count, StringComparer.Ordinal);
        foreach (var tool in All)
        {
            if (tool.Name is not { Length: > 0 and <= 64 } name || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
                throw new ArgumentException($"'{tool.Name}' is not a tool name: use a-z, 0-9 and _.", nameof(tools));
            if (!_byName.TryAdd(name, tool))
                throw new ArgumentException($"Two tools are called '{name}'.", nameof(tools));
        }
    }

    /// <summary>Read, write, edit, list, grep and shell.</summary>
    public static ToolRegistry BuiltIn { get; } = new(new ReadTool(), new WriteTool(), new EditTool(), new ListTool(), new GrepTool(), new ShellTool());

    /// <summary>The tools, in order.</summary>
    public IReadOnlyList<Tool> All { get; }

    /// <summary>Finds a tool by its exact name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Tool? tool) => _byName.TryGetValue(name, out tool);

    /// <summary>A registry with one more tool at the end.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public ToolRegistry With(Tool tool) => new([.. All, tool]);

    /// <summary>A registry of the tools that only read, for a model that must not change anything.</summary>
    public ToolRegistry ReadOnly() => new([.. All.Where(static tool => tool.Effect == ToolEffect.ReadOnly)]);

    /// <summary>What a model reads that called a tool which does not exist: the names there are, and the one it may have meant.</summary>
    public ToolResult Unknown(string name)
    {
        var meant = EditDistance.Closest(name, _byName.Keys) is { } closest ? $" Did you mean '{closest}'?" : "";
        return ToolResult.Error($"There is no tool called '{name}'.{meant} The tools are: {string.Join(", ", All.Select(static tool => tool.Name))}.");
    }
}
