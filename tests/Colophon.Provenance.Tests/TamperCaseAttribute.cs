using Xunit.v3;

namespace Colophon.Provenance.Tests;

/// <summary>Marks the test that makes one of the numbered faults of the threat list and expects its status and exit code.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TamperCaseAttribute(int number) : Attribute, ITraitAttribute
{
    public int Number { get; } = number;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("TamperCase", Number.ToString())];
}
