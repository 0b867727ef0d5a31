namespace Colophon.Kernel.Configuration.Toml;

/// <summary>A place in a TOML file, both counted from one.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in UTF-16 code units.</param>
public readonly record struct TomlPosition(int Line, int Column);

/// <summary>Which of TOML's four kinds of time a value is.</summary>
public enum TomlTimeKind
{
    /// <summary>A date and time with an offset from UTC.</summary>
    OffsetDateTime,

    /// <summary>A date and time without an offset.</summary>
    LocalDateTime,

    /// <summary>A date alone.</summary>
    LocalDate,

    /// <summary>A time of day alone.</summary>
    LocalTime,
}

/// <summary>A value of a TOML document (TOML 1.0), which knows where it stands.</summary>
public abstract record TomlValue
{
    private protected TomlValue(TomlPosition position) => Position = position;

    /// <summary>Where the value begins.</summary>
    public TomlPosition Position { get; }

    /// <summary>What a message calls the value: "a string", "an integer".</summary>
    public abstract string Kind { get; }

    /// <summary>A string of any of the four kinds, its escapes resolved.</summary>
    /// <param name="Value">The content.</param>
    /// <param name="At">Where it begins.</param>
    public sealed record Text(string Value, TomlPosition At) : TomlValue(At)
    {
        /// <inheritdoc/>
        public override string Kind => "a string";
    }

    /// <summary>An integer, always within 64 bits.</summary>
    /// <param name="Value">The number.</param>
    /// <param name="At">Where it begins.</param>
    public sealed record Integer(long Value, TomlPosition At) : TomlValue(At)
    {
        /// <inheritdoc/>
        public override string Kind => "an integer";
    }

    /// <summary>A floating-point number, infinities and NaN included.</summary>
    /// <param name="Value">The number.</param>
    /// <param name="At">Where it begins.</param>
    public sealed record Float(double Value, TomlPosition At) : TomlValue(At)
    {
        /// <inheritdoc/>
        public override string Kind => "a float";
    }

    /// <summary>True or false.</summary>
    /// <param name="Value">The truth.</param>
    /// <param name="At">Where it begins.</param>
    public sealed record Boolean(bool Value, TomlPosition At) : TomlValue(At)
    {
        /// <inheritdoc/>
        public override string Kind => "a boolean";
    }

    /// <summary>A date, a time or both.</summary>
    /// <param name="TimeKind">Which of them.</param>
    /// <param name="Value">RFC 3339 text with <c>T</c> and <c>Z</c> in upper case; checked against the calendar.</param>
    /// <param name="At">Where it begins.</param>
    public sealed record Time(TomlTimeKind TimeKind, string Value, TomlPosition At) : TomlValue(At)
    {
        /// <inheritdoc/>
        public override string Kind => "a date or time";
    }

    /// <summary>An array, or the list behind <c>[[name]]</c> headers.</summary>
    /// <param name="At">Where it begins.</param>
    public sealed record Array(TomlPosition At) : TomlValue(At)
    {
        private readonly List<TomlValue> _items = [];

        /// <inheritdoc/>
        public override string Kind => "an array";

        /// <summary>The elements in order.</summary>
        public IReadOnlyList<TomlValue> Items => _items;

        /// <summary>Whether the array came from <c>[[name]]</c> headers, so that another header may extend it.</summary>
        internal bool OfTables { get; init; }

        internal void Add(TomlValue item) => _items.Add(item);
    }

    /// <summary>A table, in the order of the file.</summary>
    /// <param name="At">Where it begins.</param>
    public sealed record Table(TomlPosition At) : TomlValue(At)
    {
        private readonly OrderedDictionary<string, TomlEntry> _entries = new(StringComparer.Ordinal);

        /// <inheritdoc/>
        public override string Kind => "a table";

        /// <summary>The keys and values in the order of the file.</summary>
        public IReadOnlyCollection<TomlEntry> Entries => _entries.Values;

        /// <summary>How the table came to be, which decides who may add to it.</summary>
        internal TomlTableState State { get; set; }

        /// <summary>The value under a key, or null.</summary>
        public TomlValue? this[string key] => _entries.TryGetValue(key, out var entry) ? entry.Value : null;

        internal bool TryAdd(TomlEntry entry) => _entries.TryAdd(entry.Key, entry);
    }
}

/// <summary>A key of a table with its value.</summary>
/// <param name="Key">The key, unquoted.</param>
/// <param name="KeyPosition">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record TomlEntry(string Key, TomlPosition KeyPosition, TomlValue Value);

/// <summary>Who may still add keys to a table.</summary>
internal enum TomlTableState
{
    /// <summary>Stands only because a header named something below it: its own header may still come.</summary>
    Implied,

    /// <summary>Has had its header.</summary>
    Headed,

    /// <summary>Made by a dotted key: more dotted keys may add to it, a header may not.</summary>
    Dotted,

    /// <summary>Written inline: closed.</summary>
    Inline,
}
