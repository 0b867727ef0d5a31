using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Workflow;

/// <summary>The CLI reads the configuration anew for every change that names no schema, and warns of its faults each time.</summary>
internal static class ConfigWarnings
{
    /// <summary>Prints the warnings as often as the CLI does.</summary>
    /// <param name="session">The run.</param>
    /// <param name="tree">Whose configuration it is.</param>
    /// <param name="changes">The folders of the changes that are read.</param>
    /// <param name="times">How often each is.</param>
    internal static void Repeat(Session session, SpecTree tree, IEnumerable<string> changes, int times = 1)
    {
        List<string>? warnings = null;
        foreach (var change in changes)
        {
            if (ChangeMetadata.Read(change).Exists)
                continue;
            if (warnings is null)
                ProjectConfig.Read(tree.Root, (warnings = []).Add);
            if (warnings.Count == 0)
                return;
            for (var i = 0; i < times; i++)
                warnings.ForEach(session.ErrorLine);
        }
    }
}
