using System.Reflection;
using System.Runtime.CompilerServices;

namespace Colophon.Engine.Tests;

/// <summary>The engine's public surface, as a file: a change of it is a decision that shows in review. COLOPHON_UPDATE_SNAPSHOTS=1 writes it anew.</summary>
public sealed class SurfaceTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_is_the_one_that_was_reviewed()
    {
        var lines = typeof(ColophonEngine).Assembly.GetExportedTypes().OrderBy(static t => t.FullName, StringComparer.Ordinal)
            .SelectMany(static t => Members(t).Prepend(Name(t)))
            .ToList();
        var path = Snapshot();
        if (Environment.GetEnvironmentVariable("COLOPHON_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllLines(path, lines);
        Assert.Equal(File.ReadAllLines(path), lines);
    }

    private static IEnumerable<string> Members(Type type)
    {
        var record = type.GetMethod("<Clone>$") is not null;
        return type.GetMembers(Own)
            .Where(m => m is not (MethodInfo { IsSpecialName: true } or TypeInfo) && !m.Name.StartsWith('<'))
            .Where(m => !record || m.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "EqualityContract"))
            .Where(static m => m is not FieldInfo { Name: "value__" })
            .Select(static m => m switch
            {
                MethodInfo method => $"  {method.Name}({string.Join(", ", method.GetParameters().Select(static p => $"{Name(p.ParameterType)} {p.Name}"))}): {Name(method.ReturnType)}",
                ConstructorInfo constructor => $"  new({string.Join(", ", constructor.GetParameters().Select(static p => $"{Name(p.ParameterType)} {p.Name}"))})",
                PropertyInfo property => $"  {property.Name}: {Name(property.PropertyType)}",
                _ => $"  {m.Name}",
            })
            .Order(StringComparer.Ordinal);
    }

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        var name = (type.FullName ?? type.Name).Split('[')[0].Split('`')[0].Replace('+', '.').Replace("System.Collections.Generic.", "", StringComparison.Ordinal).Replace("System.Threading.Tasks.", "", StringComparison.Ordinal);
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.IsArray ? $"{Name(type.GetElementType() ?? type)}[]" : name;
    }

    private static string Snapshot([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here) ?? "", "surface.txt");
}
