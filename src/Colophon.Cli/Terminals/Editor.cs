using System.ComponentModel;
using System.Diagnostics;
using Colophon.Cli.Errors;
using Colophon.Specs.OpenSpec;

namespace Colophon.Cli.Terminals;

/// <summary>The user's own editor, on the user's own terminal.</summary>
internal static class Editor
{
    /// <summary>Lets the user edit a text.</summary>
    /// <param name="name">The file's name: editors choose their colours by it.</param>
    /// <param name="content">What it holds now.</param>
    /// <param name="environment">Where <c>VISUAL</c> and <c>EDITOR</c> are looked up; <c>vi</c> otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What it holds when the editor has been closed.</returns>
    /// <exception cref="CliException"><see cref="CliError.EditorFailed"/>.</exception>
    public static async Task<byte[]> EditAsync(string name, byte[] content, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var command = environment.GetValueOrDefault("VISUAL") is { Length: > 0 } visual ? visual
            : environment.GetValueOrDefault("EDITOR") is { Length: > 0 } editor ? editor : "vi";
        var folder = Directory.CreateTempSubdirectory("colophon-edit-").FullName;
        try
        {
            var file = Path.Combine(folder, Path.GetFileName(name));
            await File.WriteAllBytesAsync(file, content, cancellationToken).ConfigureAwait(false);
            await RunAsync(command, file, cancellationToken).ConfigureAwait(false);
            return File.Exists(file)
                ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
                : throw new CliException(CliError.EditorFailed, $"The editor '{command}' left no file behind; nothing was changed.", "Save under the same name; to leave a file out, answer n to it under f.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs an editor by its words, without a shell, and waits for it.</summary>
    public static EditorOutcome Run(IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(words[0]) { UseShellExecute = false };
        foreach (var argument in words.Skip(1))
            start.ArgumentList.Add(argument);
        try
        {
            const int denied = 13;
            if (Directory.Exists(words[0]))
                throw new Win32Exception(denied);
#pragma warning disable RS0030 // The user's own choice, on the user's own terminal, which a sandbox would take away.
            using var process = Process.Start(start) ?? throw new Win32Exception("no process");
#pragma warning restore RS0030
            process.WaitForExit();
            return new EditorOutcome(process.ExitCode);
        }
        catch (Win32Exception e)
        {
            const int notFound = 2;
            const int denied = 13;
            var isMissing = e.NativeErrorCode == notFound;
            var why = isMissing ? $"spawn {words[0]} ENOENT" : e.NativeErrorCode == denied ? $"spawn {words[0]} EACCES" : e.Message;
            return new EditorOutcome(1) { Failure = why, IsMissing = isMissing };
        }
    }

    private static async Task RunAsync(string command, string file, CancellationToken cancellationToken)
    {
        // EDITOR may hold arguments, so a shell reads it; the file is passed beside it, never inside it.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        foreach (var argument in (string[])["-c", command + " \"$1\"", "sh", file])
            start.ArgumentList.Add(argument);
        try
        {
#pragma warning disable RS0030 // The user's own choice, on the user's own terminal, which a sandbox would take away.
            using var process = Process.Start(start) ?? throw new Win32Exception("no process");
#pragma warning restore RS0030
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new CliException(CliError.EditorFailed, $"The editor '{command}' ended with {process.ExitCode}; nothing was changed.", "Set EDITOR to an editor that is installed, as in EDITOR=nano.");
        }
        catch (Win32Exception e)
        {
            throw new CliException(CliError.EditorFailed, $"The editor '{command}' cannot be started: {e.Message}", "Set EDITOR to an editor that is installed, as in EDITOR=nano.", e);
        }
    }
}
