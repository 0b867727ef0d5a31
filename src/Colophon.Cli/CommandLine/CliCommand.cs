using Colophon.Kernel.Errors;

namespace Colophon.Cli.CommandLine;

/// <summary>One command: what it is called, what it takes, and what it does.</summary>
internal abstract class CliCommand
{
    /// <summary>The words that call it: <c>list</c>, <c>audit log</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list of commands.</summary>
    public abstract string Summary { get; }

    /// <summary>At least one line to copy.</summary>
    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>More about it for its own help; null where the summary says all.</summary>
    public virtual string? Details => null;

    /// <summary>What it takes by position.</summary>
    public virtual IReadOnlyList<ArgumentSpec> Arguments => [];

    /// <summary>What it takes by name, beside <see cref="GlobalOptions"/>.</summary>
    public virtual IReadOnlyList<OptionSpec> Options => [];

    /// <summary>Whether it is left out of lists.</summary>
    public virtual bool Hidden => false;

    /// <summary>Whether it takes every word after its name as it is, dashes and all.</summary>
    public virtual bool TakesAnything => false;

    /// <summary>Whether its JSON is an object a line, so that an error has to be one line as well.</summary>
    public virtual bool StreamsJson => false;

    /// <summary>What an error that ends it makes the program exit with: the error's own code, unless those numbers mean something else here.</summary>
    public virtual ExitCode ExitOf(ExitCode error) => error;

    /// <summary>Does it.</summary>
    public abstract Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken);
}
