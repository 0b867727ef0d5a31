namespace Colophon.Generation.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("colophon-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
