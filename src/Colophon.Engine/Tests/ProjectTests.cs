using Colophon.Kernel.Errors;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox;

namespace Colophon.Engine;

/// <summary>Runs a project's own tests in the sandbox: the tree can be read, only a private temporary folder can be written.</summary>
public static class ProjectTests
{
    /// <summary>Runs <c>test.command</c> at the project's root.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.ConfigurationInvalid"/>: no command is configured.</exception>
    /// <exception cref="SecurityException">This kernel has no sandbox, and nobody allowed to do without.</exception>
    public static async Task<SandboxResult> RunAsync(ColophonEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var command = engine.Configuration.Text("test.command")
            ?? throw new KernelException(KernelError.ConfigurationInvalid, "No test command is configured.", "Set it in .colophon/config.toml: [test] command = \"make test\".");
        var root = engine.Parts.Folders.Root;
        var sandbox = engine.Parts.Sandbox()
            ?? throw new SecurityException(SecurityError.SandboxUnavailable, "This kernel offers no sandbox to run the tests in.", "Use a kernel with Landlock, or allow unconfined commands in your own configuration.");
        var policy = new SandboxPolicy { WritableRoots = [], ReadableRoots = [root, .. engine.Configuration.TextList("sandbox.read")], AllowNetwork = engine.Configuration.Boolean("sandbox.network") };
        var limit = TimeSpan.FromSeconds(engine.Configuration.Integer("sandbox.time_limit"));
        return await sandbox.RunAsync(SandboxCommand.Shell(command, root) with { TimeLimit = limit }, policy, cancellationToken).ConfigureAwait(false);
    }
}
