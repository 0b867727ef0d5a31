using System.Text.Json;
using Colophon.Kernel.Paths;
using Colophon.Security.Sandbox;

namespace Colophon.Tools.Tests;

/// <summary>A workspace in a temporary folder, beside a folder no tool may touch, and the tools over it.</summary>
internal sealed class ToolBench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colophon-tools-");

    internal ToolBench()
    {
        Root = _folder.CreateSubdirectory("project").FullName;
        Outside = _folder.CreateSubdirectory("outside").FullName;
        Context = new ToolContext { Workspace = new Workspace(Root) };
    }

    internal string Root { get; }

    internal string Outside { get; }

    internal ToolContext Context { get; private set; }

    public void Dispose() => _folder.Delete(recursive: true);

    internal ToolBench With(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Root);
        File.WriteAllText(full, content);
        return this;
    }

    internal ToolBench With(string path, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Root, path), content);
        return this;
    }

    internal ToolBench WithSandbox(ISandbox sandbox)
    {
        Context = Context with { Sandbox = sandbox, Policy = SandboxPolicy.WriteOnly(Root) };
        return this;
    }

    internal ToolBench WithAlias(string root)
    {
        Context = Context with { RootAliases = [root] };
        return this;
    }

    internal ToolBench WithProtected(string protectedPath, string reason)
    {
        Context = Context with { Protected = path => path.Value == protectedPath ? reason : null };
        return this;
    }

    internal string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Root, path));

    /// <summary>Calls a built-in tool with JSON as a model would send it.</summary>
    internal async Task<ToolResult> CallAsync(string tool, string json)
    {
        Assert.True(ToolRegistry.BuiltIn.TryGet(tool, out var found));
        using var input = JsonDocument.Parse(json);
        return await found.InvokeAsync(input.RootElement, Context, TestContext.Current.CancellationToken);
    }

    internal async Task<string> OkAsync(string tool, string json)
    {
        var result = await CallAsync(tool, json);
        Assert.False(result.IsError, result.Text);
        return result.Text;
    }

    internal async Task<string> ErrorAsync(string tool, string json)
    {
        var result = await CallAsync(tool, json);
        Assert.True(result.IsError, result.Text);
        Assert.DoesNotContain("/proc/self", result.Text);
        return result.Text;
    }
}
