using System.Globalization;
using Colophon.Specs.Layout;

namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary>What an installation came to.</summary>
internal sealed record InstallResult(string Message)
{
    /// <summary>Where the script that was there before is now.</summary>
    internal string? Backup { get; init; }

    /// <summary>Whether the shell's start file was written.</summary>
    internal bool Configured { get; init; }

    internal IReadOnlyList<string> Warnings { get; init; } = [];

    internal IReadOnlyList<string> Instructions { get; init; } = [];
}

/// <summary>Where one shell looks for completions, and what it takes to make it look there.</summary>
internal abstract class CompletionInstaller(Session session)
{
    internal abstract string Shell { get; }

    /// <summary>Where the script goes.</summary>
    internal abstract string Path { get; }

    /// <summary>The start file as a person writes it.</summary>
    internal abstract string StartFile { get; }

    /// <summary>How a running shell is made to see it.</summary>
    internal abstract string Reload { get; }

    protected Session Session { get; } = session;

    protected string Folder => System.IO.Path.GetDirectoryName(Path) ?? "/";

    protected abstract string UpToDateHint { get; }

    protected abstract string Installed(bool configured);

    internal static CompletionInstaller For(string shell, Session session) => shell switch
    {
        "bash" => new BashInstaller(session),
        "zsh" => new ZshInstaller(session),
        "fish" => new FishInstaller(session),
        _ => new PowerShellInstaller(session),
    };

    /// <summary>Writes the script and what makes the shell find it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal InstallResult Install(string script)
    {
        var present = FileText.Read(Path);
        if (present.Text == script)
        {
            return new InstallResult("Completion script is already installed (up to date)")
            {
                Instructions = ["The completion script is already installed and up to date.", UpToDateHint],
            };
        }

        if (present.Text is null)
            Session.Line($"Unable to read existing completion file at {Path}: {(present.Missing ? $"ENOENT: no such file or directory, open '{Path}'" : SystemError.Describe(present.Failure ?? "", Path))}");
        if (!UserFile.IsWritable(Path))
            throw NotWritable(Path);
        var backup = present.Text is null ? null : Backup();
        UserFile.Write(Path, script);
        var configured = Configure();
        return new InstallResult(
            present.Text is null ? Installed(configured)
            : backup is null ? "Completion script updated successfully"
            : "Completion script updated successfully (previous version backed up)")
        {
            Backup = backup,
            Configured = configured,
            Warnings = Warnings(),
            Instructions = Instructions(configured),
        };
    }

    /// <summary>Takes away what was installed.</summary>
    /// <returns>Whether there was anything, and what to say.</returns>
    internal virtual (bool Done, string Message) Uninstall()
    {
        if (!System.IO.Path.Exists(Path))
            return (false, "Completion script is not installed");
        if (NeedsWritableFolder && !UserFile.IsWritable(Folder))
            throw NotWritable(Folder);
        File.Delete(Path);
        Unconfigure();
        return (true, "Completion script uninstalled successfully");
    }

    /// <summary>Makes the shell's start file load the script; false where it was left alone.</summary>
    protected abstract bool Configure();

    protected virtual void Unconfigure()
    {
    }

    protected virtual bool NeedsWritableFolder => false;

    protected virtual IReadOnlyList<string> Warnings() => [];

    protected abstract IReadOnlyList<string> Instructions(bool configured);

    protected string Home(string path) => $"{UserFolders.Home(Session)}/{path}";

    private static IOException NotWritable(string path) => new($"Path is not writable: {path}");

    private string? Backup()
    {
        var moment = Session.Host.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH-mm-ss-fff'Z'", CultureInfo.InvariantCulture);
        var backup = $"{Path}.backup-{moment}";
        try
        {
            File.Copy(Path, backup, overwrite: true);
            return backup;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
