namespace Colophon.Security.Secrets.Keyrings.Bus;

/// <summary>The other side answered a call with an error of this name.</summary>
internal sealed class BusException(string name, string message) : Exception($"{name}: {message}")
{
    internal string Name { get; } = name;
}
