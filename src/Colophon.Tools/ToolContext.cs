using System.Diagnostics.CodeAnalysis;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;
using Colophon.Security.Audit;
using Colophon.Security.Sandbox;

namespace Colophon.Tools;

/// <summary>What a call may touch: files of one workspace, and programs only through the sandbox.</summary>
public sealed record ToolContext
{
    /// <summary>The tree the tools read and change.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>
    /// Absolute directories that mean the workspace's root. A model that works in a scratch copy still names files by the project's own
    /// folder; with that folder listed here such a path means the copy's file, and the project itself stays untouched.
    /// </summary>
    public IReadOnlyList<string> RootAliases { get; init; } = [];

    /// <summary>What runs the commands of <c>shell</c>; null where this run has none, which the model is told.</summary>
    public ISandbox? Sandbox { get; init; }

    /// <summary>What a command may read, write and reach.</summary>
    public SandboxPolicy? Policy { get; init; }

    /// <summary>Why a file may not be changed, as a phrase to put behind its name, or null where it may; null where all may.</summary>
    public Func<WorkspacePath, string?>? Protected { get; init; }

    /// <summary>Takes note of what is denied; null where nobody wants to know.</summary>
    public SecurityJournal? Journal { get; init; }

    /// <summary>Turns the text of a path into a path of the workspace: relative, or absolute and inside.</summary>
    /// <param name="text">The path as the model wrote it.</param>
    /// <param name="path">The path; its links and twins are checked too.</param>
    /// <param name="refusal">Why not, for the model.</param>
    public bool TryPath(string text, out WorkspacePath path, [NotNullWhen(false)] out ToolResult? refusal)
    {
        refusal = null;
        path = default;
        try
        {
            path = text.StartsWith('/') ? Inside(text) : WorkspacePath.Parse(text);
            _ = Workspace.Resolve(path);
            return true;
        }
        catch (KernelException e)
        {
            if (e.Error == KernelError.PathEscapes)
                Journal?.Add(SecurityEventKind.PathDenied, text);
            refusal = ToolResult.Error($"{e.Message} Nothing was read or changed. Use a path relative to the project root, such as 'src/main.py'.");
            return false;
        }
    }

    /// <summary>As <see cref="TryPath"/>, for a file that is to be changed.</summary>
    public bool TryWritablePath(string text, out WorkspacePath path, [NotNullWhen(false)] out ToolResult? refusal)
    {
        if (!TryPath(text, out path, out refusal))
            return false;
        if (Protected?.Invoke(path) is not { } reason)
            return true;
        Journal?.Add(SecurityEventKind.ChangeDenied, $"'{path}' {reason}.");
        refusal = ToolResult.Error($"'{path}' {reason}. Nothing was changed.");
        return false;
    }

    private WorkspacePath Inside(string text)
    {
        if (Workspace.Relative(text) is { } path)
            return path;
        foreach (var alias in RootAliases)
        {
            var root = alias.TrimEnd('/');
            if (text == root)
                return default;
            if (text.StartsWith(root + "/", StringComparison.Ordinal))
                return WorkspacePath.Parse(text[(root.Length + 1)..] is { Length: > 0 } rest ? rest : ".");
        }

        throw new KernelException(KernelError.PathEscapes, $"The path '{text}' lies outside the project.");
    }
}
