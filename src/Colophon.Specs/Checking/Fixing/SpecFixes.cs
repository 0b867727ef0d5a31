using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.Layout;

namespace Colophon.Specs.Checking.Fixing;

/// <summary>What mending does to one file.</summary>
/// <param name="Path">The file, relative to the root of the tree.</param>
/// <param name="Before">Its text now.</param>
/// <param name="After">Its text with the fixes.</param>
/// <param name="Mended">The findings that go away; their places are those they had when they were found.</param>
public sealed record FileFix(string Path, string Before, string After, IReadOnlyList<SpecFinding> Mended);

/// <summary>Mends what can be mended with certainty: a fix is taken only where a check of the new text finds less than before, in the file and in every change that builds on it.</summary>
public static class SpecFixes
{
    /// <summary>Works out the fixes; nothing is written.</summary>
    /// <exception cref="SpecException">As <see cref="SpecCheck.Run"/>.</exception>
    public static IReadOnlyList<FileFix> Plan(SpecTree tree, CheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        return new FixPlan(tree, options).Run();
    }

    /// <summary>Writes one file in one step.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.FixFailed"/>: the file is not what it was when the fix was worked out.</exception>
    /// <exception cref="KernelException"><see cref="KernelError.WriteFailed"/>.</exception>
    public static void Write(SpecTree tree, FileFix fix)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(fix);
        var target = RealPaths.Of($"{tree.Root}/{fix.Path}");
        if (!target.StartsWith(tree.Root + "/", StringComparison.Ordinal))
            throw new SpecException(SpecError.PathEscapes, $"'{fix.Path}' is a link that leads out of the project.", "Mend the file where it lies.");
        if (FileText.Read(target).Text != fix.Before)
            throw new SpecException(SpecError.FixFailed, $"'{fix.Path}' changed while it was being mended; it is as you left it.", "Run `colophon validate --fix` again.");
        AtomicFile.Write(target, Encoding.UTF8.GetBytes(fix.After));
    }
}
