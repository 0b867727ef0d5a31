using Colophon.Security.Errors;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>Decides everything about a command before it starts.</summary>
internal static class CommandPreparation
{
    /// <summary>Checks the command and finds its program.</summary>
    /// <exception cref="SecurityException"><see cref="SecurityError.CannotStart"/>.</exception>
    internal static PreparedCommand Prepare(SandboxCommand command, SandboxPolicy policy, Dictionary<string, string> environment, Func<string, bool> isReachable)
    {
        if (!Path.IsPathRooted(command.WorkingDirectory) || !Directory.Exists(command.WorkingDirectory))
            throw CannotStart(command, $"the folder '{command.WorkingDirectory}' does not exist");
        if (command.Program.Length == 0 || command.Program.Contains('\0') || command.Arguments.Any(static argument => argument.Contains('\0')))
            throw CannotStart(command, "its program or an argument is empty or holds a NUL");
        var program = command.Program.Contains('/')
            ? Path.GetFullPath(command.Program, command.WorkingDirectory)
            : Find(command.Program, environment["PATH"]) ?? throw CannotStart(command, "there is no such program on PATH");
        if (!IsExecutable(program))
            throw CannotStart(command, $"'{program}' does not exist or is not executable");
        if (!isReachable(program))
            throw CannotStart(command, $"'{program}' lies outside of what the sandbox may read");
        environment["PWD"] = command.WorkingDirectory;
        return new PreparedCommand(
            program,
            command.Arguments,
            [.. environment.Select(static pair => $"{pair.Key}={pair.Value}")],
            command.WorkingDirectory,
            command.Input,
            command.TimeLimit,
            command.OutputLimit,
            policy.FileSizeLimit);
    }

    /// <summary>The error for what the machine would not give: a descriptor, a folder, a process.</summary>
    internal static SecurityException Failed(SandboxCommand command, Exception cause) => new(
        SecurityError.CannotStart,
        $"Cannot run '{command.Program}': {cause.Message}",
        "Check that the disk has room, that the folders can be written, and that not too many files are open.",
        cause);

    private static string? Find(string name, string searchPath)
    {
        foreach (var folder in searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, name);
            if (IsExecutable(path))
                return path;
        }

        return null;
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (File.GetUnixFileMode(path) & anyExecute) != UnixFileMode.None;
    }

    private static SecurityException CannotStart(SandboxCommand command, string why) => new(
        SecurityError.CannotStart,
        $"Cannot start '{command.Program}': {why}.",
        "Check the program's name and the folder it starts in.");
}
