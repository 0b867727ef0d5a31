using Colophon.Cli.Errors;
using Colophon.Kernel.Git;

namespace Colophon.Cli.Commands.Demo;

/// <summary>The sample project, made into a git repository.</summary>
internal static class DemoProject
{
    private static readonly string[] Identity = ["-c", "user.name=Demo Reviewer", "-c", "user.email=demo@example.invalid", "-c", "core.autocrlf=false"];

    /// <summary>The sample beside the program.</summary>
    /// <exception cref="CliException"><see cref="CliError.SampleMissing"/>.</exception>
    public static string Sample()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "samples", "quill");
        return File.Exists(Path.Combine(sample, "cassette.jsonl"))
            ? sample
            : throw new CliException(CliError.SampleMissing, $"The sample project is not in '{sample}'.", "Build the program again: COLOPHON_REBUILD=1 ./colophon demo");
    }

    /// <summary>Copies the sample's project into a folder and makes it a repository with one commit.</summary>
    public static async Task<string> MakeAsync(string sample, string directory, CancellationToken cancellationToken)
    {
        var project = Path.Combine(directory, "project");
        Copy(Path.Combine(sample, "project"), project);
        var git = new GitRunner(project);
        await git.RunAsync(["init", "--quiet", "--initial-branch=main"], default, cancellationToken).ConfigureAwait(false);
        // The log names whoever reviews as git does.
        await git.RunAsync(["config", "user.name", "Demo Reviewer"], default, cancellationToken).ConfigureAwait(false);
        await git.RunAsync(["config", "user.email", "demo@example.invalid"], default, cancellationToken).ConfigureAwait(false);
        await CommitAsync(project, "Begin quill", cancellationToken).ConfigureAwait(false);
        return project;
    }

    /// <summary>Commits everything.</summary>
    public static async Task CommitAsync(string project, string message, CancellationToken cancellationToken)
    {
        var git = new GitRunner(project);
        await git.RunAsync(["add", "--all"], default, cancellationToken).ConfigureAwait(false);
        await git.RunAsync([.. Identity, "commit", "--quiet", "-m", message], default, cancellationToken).ConfigureAwait(false);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
