using System.Globalization;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Engine.Trust;

/// <summary>The entry that ties a version of the trust file to the log: whoever takes the version away contradicts it.</summary>
internal static class KeyEvents
{
    private const string Change = "_trust";

    internal static EntryDraft Draft(ProjectTrust? trust, string change, string person) => new()
    {
        Kind = EntryKind.KeyEvent,
        Id = EntryDraft.NewId(),
        Change = Change,
        Actor = new Actor { Name = person },
        Witnessed = trust is null ? new Dictionary<string, string>() : new Dictionary<string, string>
        {
            [TrustWitness.Version] = trust.Version.ToString(CultureInfo.InvariantCulture),
            [TrustWitness.Leaf] = trust.Leaf,
        },
        Metadata = new Dictionary<string, string> { ["event"] = change.ToLowerInvariant() },
    };
}
