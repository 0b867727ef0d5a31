using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>What one git command printed.</summary>
/// <param name="ExitCode">Zero where it succeeded.</param>
/// <param name="Output">Its standard output, byte for byte.</param>
/// <param name="Error">Its standard error as text.</param>
public sealed record GitOutput(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The output as UTF-8 text without trailing line ends.</summary>
    public string Text => Encoding.UTF8.GetString(Output).TrimEnd('\n', '\r');

    /// <summary>The output split at NUL bytes, as git's <c>-z</c> prints it.</summary>
    public IReadOnlyList<string> NulSeparated =>
        Encoding.UTF8.GetString(Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// Runs the <c>git</c> program so that nothing in a repository or in the environment can make it run anything else: no hooks, no fsmonitor,
/// no external diff, no pager, no editor, no prompt, no inherited <c>GIT_*</c> variable. Nor does it show another history than the one that the commits hold (replaced objects,
/// grafts, settings that leave the first commit out or print between others). Callers pass <c>--</c> before paths.
/// </summary>
public sealed class GitRunner(string directory)
{
    private static readonly string[] Hardening =
    [
        "--no-pager", "--no-optional-locks", "--literal-pathspecs", "--no-replace-objects",
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "-c", "diff.external=",
        "-c", "core.quotePath=false", "-c", "core.sshCommand=false", "-c", "protocol.allow=never", "-c", "credential.helper=",
        "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.detachedHead=false",
        "-c", "advice.graftFileDeprecated=false", "-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "diff.orderFile=/dev/null", "-c", "color.ui=false",
    ];

    /// <summary>The directory commands run in.</summary>
    public string Directory { get; } = directory;

    /// <summary>Runs a command and returns what it printed, whatever its exit code.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitMissing"/>.</exception>
    public async Task<GitOutput> TryRunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input = default, CancellationToken cancellationToken = default)
    {
        using var process = Start(arguments);
        try
        {
            using var output = new MemoryStream();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var copied = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            await FeedAsync(process, input, cancellationToken).ConfigureAwait(false);
            await copied.ConfigureAwait(false);
            var text = await error.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new GitOutput(process.ExitCode, output.ToArray(), text.TrimEnd());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> with what git said, or <see cref="KernelError.GitMissing"/>.</exception>
    public async Task<GitOutput> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input = default, CancellationToken cancellationToken = default)
    {
        var result = await TryRunAsync(arguments, input, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result
            : throw new KernelException(KernelError.GitFailed, $"git {arguments[0]} failed in '{Directory}': {result.Error}");
    }

    /// <summary>Starts a command whose streams the caller reads and writes; the caller disposes of the process.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitMissing"/>.</exception>
    internal Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in Hardening.Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(static k => k.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_EDITOR"] = "false";
        start.Environment["GIT_GRAFT_FILE"] = "/dev/null";
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return Process.Start(start) ?? throw new Win32Exception("no process");
        }
        catch (Win32Exception e)
        {
            throw System.IO.Directory.Exists(Directory)
                ? new KernelException(KernelError.GitMissing, $"Cannot start git: {e.Message}", "Install git and put it on the PATH.", e)
                : new KernelException(KernelError.ReadFailed, $"The directory '{Directory}' does not exist.", null, e);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            if (!input.IsEmpty)
                await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Git ended before it read all of its input; its exit code and message say why.
        }
    }
}
