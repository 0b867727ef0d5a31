using Colophon.Security.Sandbox.Native;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>
/// Everything <c>posix_spawn</c> needs, laid out beforehand in unmanaged memory, so that the thread that calls it does nothing else.
/// The child gets a session of its own, default signal handlers, and the descriptors named, nothing else.
/// </summary>
internal sealed unsafe class SpawnPlan : IDisposable
{
    private const short ResetSignals = 0x04;
    private const short SetMask = 0x08;
    private const short NewSession = 0x80;

    /// <summary>More than any C library's opaque structures take (glibc: 336 and 80 bytes).</summary>
    private const int OpaqueBytes = 1024;

    private readonly NativeBlock _memory = new();

    /// <summary>Lays everything out.</summary>
    /// <param name="program">The absolute path of the program.</param>
    /// <param name="arguments">What follows it.</param>
    /// <param name="environment">The whole environment, as <c>NAME=value</c>.</param>
    /// <param name="directory">Where it starts.</param>
    /// <param name="descriptors">What becomes descriptor 0, 1, 2 and so on.</param>
    internal SpawnPlan(string program, IReadOnlyList<string> arguments, IReadOnlyCollection<string> environment, string directory, params ReadOnlySpan<Descriptor> descriptors)
    {
        Path = _memory.Text(program);
        Arguments = _memory.Texts([program, .. arguments]);
        Environment = _memory.Texts(environment);
        Actions = _memory.Reserve(OpaqueBytes);
        Attributes = _memory.Reserve(OpaqueBytes);
        var actions = (void*)Actions;
        var attributes = (void*)Attributes;

        _ = Posix.InitActions(actions);
        for (var target = 0; target < descriptors.Length; target++)
            Check(Posix.AddDuplicate(actions, descriptors[target].Number, target));
        Check(Posix.AddChangeDirectory(actions, directory));
        CloseTheRest(actions, descriptors.Length);

        _ = Posix.InitAttributes(attributes);
        var signals = (byte*)_memory.Reserve(128);
        Check(Posix.SetSignalMask(attributes, signals));
        // .NET ignores SIGPIPE, and what is ignored stays ignored over exec: `yes | head` would never end.
        new Span<byte>(signals, 128).Fill(0xFF);
        Check(Posix.SetDefaultSignals(attributes, signals));
        Check(Posix.SetAttributeFlags(attributes, ResetSignals | SetMask | NewSession));
    }

    internal nint Path { get; }

    internal nint Arguments { get; }

    internal nint Environment { get; }

    internal nint Actions { get; }

    internal nint Attributes { get; }

    /// <summary>Starts the program on the calling thread.</summary>
    /// <returns>Zero, or the error number.</returns>
    internal int Spawn(out int process)
    {
        int id;
        var error = Posix.Spawn(&id, Path, (void*)Actions, (void*)Attributes, Arguments, Environment);
        process = error == 0 ? id : -1;
        return error;
    }

    public void Dispose()
    {
        _ = Posix.DestroyActions((void*)Actions);
        _ = Posix.DestroyAttributes((void*)Attributes);
        _memory.Dispose();
    }

    private static void CloseTheRest(void* actions, int first)
    {
        try
        {
            Check(Posix.AddCloseFrom(actions, first));
        }
        catch (EntryPointNotFoundException)
        {
            // glibc before 2.34 and musl lack it. Everything .NET and we open is close-on-exec; this only guards against other libraries.
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new IOException($"posix_spawn could not be prepared (errno {error}).");
    }
}
