using System.Globalization;
using System.Text;
using Colophon.Generation.Errors;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;

namespace Colophon.Generation.Session;

/// <summary>
/// Lets one <c>apply</c> at a time work in a working tree. Two worktrees of one repository have a lock each: their files are not the same, and the log has its
/// own lock. The kernel drops the lock when its holder dies.
/// </summary>
internal sealed class ApplyLock : IDisposable
{
    private readonly FileLock _held;

    private ApplyLock(FileLock held) => _held = held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="GenerationException"><see cref="GenerationError.AlreadyApplying"/>, naming the other's process and change.</exception>
    public static ApplyLock Take(GitRepository repository, string change)
    {
        var path = PathOf(repository);
        if (TryTake(repository) is not { } held)
        {
            var (process, other) = Holder(path);
            throw new GenerationException(
                GenerationError.AlreadyApplying,
                $"Another colophon works in '{repository.Root}': process {process}, {other}.",
                "Wait until it ends, or stop it; its session can be resumed.");
        }

        AtomicFile.Write(path + ".holder", Encoding.UTF8.GetBytes($"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\nchange '{change}'\n"));
        return held;
    }

    /// <summary>Takes the lock, or returns null where another process has it.</summary>
    public static ApplyLock? TryTake(GitRepository repository) =>
        FileLock.TryAcquire(PathOf(repository)) is { } held ? new ApplyLock(held) : null;

    /// <summary>Whether another process has it. Where that cannot be found out, nobody does.</summary>
    public static bool IsHeld(GitRepository repository)
    {
        if (!File.Exists(PathOf(repository)))
            return false;
        try
        {
            using var held = TryTake(repository);
            return held is null;
        }
        catch (KernelException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private static string PathOf(GitRepository repository) => Path.Combine(repository.GitDirectory, "colophon", "apply.lock");

    private static (string Process, string Change) Holder(string path)
    {
        var lines = File.Exists(path + ".holder") ? File.ReadAllLines(path + ".holder") : [];
        return lines is [var process, var change, ..] ? (process, change) : ("unknown", "recovering");
    }
}
