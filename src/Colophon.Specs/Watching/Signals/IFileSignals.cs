using System.Threading.Channels;

namespace Colophon.Specs.Watching.Signals;

/// <summary>Tells at which paths of a tree something changed. Whoever reads a path after it was told of it sees what is there, or is told again.</summary>
internal interface IFileSignals : IAsyncDisposable
{
    /// <summary>
    /// Paths relative to the root; an empty one where anything may have changed. The channel ends where the source can go on no longer; then
    /// <see cref="Failure"/> says why.
    /// </summary>
    ChannelReader<string> Changed { get; }

    /// <summary>Why the source gave up, or null.</summary>
    string? Failure { get; }
}
