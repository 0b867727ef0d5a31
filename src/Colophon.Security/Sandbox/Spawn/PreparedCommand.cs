namespace Colophon.Security.Sandbox.Spawn;

/// <summary>A command with everything about it decided: the program found, the environment scrubbed.</summary>
/// <param name="Program">The absolute path of the program.</param>
/// <param name="Arguments">What follows it.</param>
/// <param name="Environment">The whole environment, as <c>NAME=value</c>.</param>
/// <param name="Directory">Where it starts.</param>
/// <param name="Input">What it reads, or null.</param>
/// <param name="TimeLimit">When it is killed.</param>
/// <param name="OutputLimit">How many bytes of output are kept.</param>
/// <param name="FileSizeLimit">How large a file it may write, or null.</param>
internal sealed record PreparedCommand(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyCollection<string> Environment,
    string Directory,
    ReadOnlyMemory<byte>? Input,
    TimeSpan TimeLimit,
    int OutputLimit,
    long? FileSizeLimit);
