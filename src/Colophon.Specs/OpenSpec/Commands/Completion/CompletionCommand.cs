using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary><c>completion generate|install|uninstall</c>: the shells' scripts, as the package generates them.</summary>
internal static class CompletionCommand
{
    private const string Supported = "zsh, bash, fish, powershell";

    internal static void Run(Session session)
    {
        var operation = session.Command.Path["completion ".Length..];
        if (Shell(session, operation) is not { } shell)
            return;
        var script = PackageFiles.Completion(shell);
        if (operation == "generate")
        {
            session.Line(script);
            return;
        }

        var installer = CompletionInstaller.For(shell, session);
        if (operation == "install")
            Install(session, installer, script);
        else
            Uninstall(session, installer);
    }

    /// <summary>The shell that is named, or else the one this runs in; null where that was answered with an error.</summary>
    private static string? Shell(Session session, string operation)
    {
        if (session.Command.Argument(0) is { Length: > 0 } name)
        {
            var shell = name.ToLowerInvariant();
            return shell is "zsh" or "bash" or "fish" or "powershell" ? shell : Refuse(session, $"Error: Shell '{shell}' is not supported yet. Currently supported: {Supported}");
        }

        var (found, detected) = Detect(session);
        if (found is not null)
            return found;
        if (detected is not null)
            return Refuse(session, $"Error: Shell '{detected}' is not supported yet. Currently supported: {Supported}");
        return Refuse(session, "Error: Could not auto-detect shell. Please specify shell explicitly.", $"Usage: openspec completion {operation} [shell]", $"Currently supported: {Supported}");
    }

    /// <summary>The shell that started the program, else the one a person logs in with.</summary>
    private static (string? Shell, string? Detected) Detect(Session session)
    {
        if (session.Host.ParentName?.Invoke() is { } parent && Match(parent) is { } running)
            return (running, running);
        if (session.Variable("SHELL") is { Length: > 0 } login)
            return (Match(login), login.LastIndexOf('/') is var slash and >= 0 && slash < login.Length - 1 ? login[(slash + 1)..] : login);
        return string.IsNullOrEmpty(session.Variable("PSModulePath")) ? (null, null) : ("powershell", "powershell");
    }

    private static string? Match(string program)
    {
        var name = program.Trim().ToLowerInvariant();
        name = name[(name.LastIndexOf('/') + 1)..];
        if (name.StartsWith('-'))
            name = name[1..];
        return name is "zsh" or "bash" or "fish" ? name : null;
    }

    private static string? Refuse(Session session, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            session.ErrorLine(line);
        session.ExitCode = 1;
        return null;
    }

    private static void Install(Session session, CompletionInstaller installer, string script)
    {
        session.Waiting($"Installing {installer.Shell} completion script...");
        InstallResult result;
        try
        {
            result = installer.Install(script);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SpecException)
        {
            Refuse(session, $"✗ Failed to install completion script: {NodeError.Describe(e)}");
            return;
        }

        session.Line($"✓ {result.Message}");
        if (session.Command.Has("--verbose"))
        {
            session.Line($"  Installed to: {installer.Path}");
            if (result.Backup is { } backup)
                session.Line($"  Backup created: {backup}");
            if (result.Configured)
                session.Line($"  {installer.StartFile} configured automatically");
        }

        Paragraph(session, result.Warnings);
        Paragraph(session, result.Instructions);
        if (result.Instructions.Count == 0 && result.Configured)
            Paragraph(session, [$"Restart your shell or run: {installer.Reload}"]);
    }

    private static void Paragraph(Session session, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
            session.Line();
        foreach (var line in lines)
            session.Line(line);
    }

    private static void Uninstall(Session session, CompletionInstaller installer)
    {
        if (!session.Command.Has("--yes"))
        {
            var place = installer.Shell == "fish" ? "Fish configuration" : installer.StartFile;
            if ((Prompt.Confirm(session, $"Remove OpenSpec configuration from {place}?", false) ?? throw new OpenSpecFailure("User force closed the prompt with 0 null")) is false)
            {
                session.Line("Uninstall cancelled.");
                return;
            }
        }

        session.Waiting($"Uninstalling {installer.Shell} completion script...");
        try
        {
            var (done, message) = installer.Uninstall();
            if (done)
                session.Line($"✓ {message}");
            else
                Refuse(session, $"✗ {message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SpecException)
        {
            Refuse(session, $"✗ Failed to uninstall completion script: {NodeError.Describe(e)}");
        }
    }
}
