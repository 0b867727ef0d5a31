namespace Colophon.Specs.Parsing;

/// <summary>Turns blocks into the requirements that callers see.</summary>
internal static class RequirementReader
{
    internal static List<Requirement> Read(List<RequirementBlock> blocks, string capability, Dictionary<string, string> ids)
    {
        var requirements = new List<Requirement>(blocks.Count);
        foreach (var block in blocks)
            requirements.Add(new Requirement(block, RequirementHash.Id(capability, block.Name, ids)));
        return requirements;
    }
}
