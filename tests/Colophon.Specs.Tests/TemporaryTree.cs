using System.Text;

namespace Colophon.Specs.Tests;

/// <summary>A project folder that a test fills and that goes when the test ends.</summary>
internal sealed class TemporaryTree : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("colophon-specs-").FullName;

    public SpecTree Open() => SpecTree.Open(Path);

    public TemporaryTree Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    public TemporaryTree Add(string path, byte[] content)
    {
        var file = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file) ?? Path);
        File.WriteAllBytes(file, content);
        return this;
    }

    public TemporaryTree AddFolder(string path)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, path));
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
