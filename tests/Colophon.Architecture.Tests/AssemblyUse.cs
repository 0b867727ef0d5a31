using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Colophon.Architecture.Tests;

/// <summary>What a built assembly refers to, read from its metadata.</summary>
internal sealed class AssemblyUse
{
    private AssemblyUse(IReadOnlyList<string> assemblies, IReadOnlyList<string> types) => (Assemblies, Types) = (assemblies, types);

    /// <summary>The assemblies it names.</summary>
    public IReadOnlyList<string> Assemblies { get; }

    /// <summary>The full names of the types of other assemblies that it uses.</summary>
    public IReadOnlyList<string> Types { get; }

    public static AssemblyUse Of(string project)
    {
        var file = Path.Combine(AppContext.BaseDirectory, (project == "Colophon.Cli" ? "colophon" : project) + ".dll");
        using var reader = new PEReader(File.OpenRead(file));
        var metadata = reader.GetMetadataReader();
        return new AssemblyUse(
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")]);
    }
}
