using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;
using Microsoft.Win32.SafeHandles;

namespace Colophon.Provenance.Log;

/// <summary>An entry on its way into the tree.</summary>
/// <param name="Target">The file it becomes, absolute.</param>
/// <param name="Length">How many bytes its file has.</param>
/// <param name="Read">Reads the file's bytes.</param>
/// <param name="Facts">What its stream's writer remembers of it.</param>
/// <param name="IsPlaced">Whether its writer came to put it there.</param>
internal sealed record SpooledEntry(string Target, int Length, Func<byte[]> Read, SpooledFacts Facts, bool IsPlaced);

/// <summary>What a writer needs of an entry, so that it need not read those of other processes.</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Id">The idempotency key.</param>
/// <param name="KeyId">Who signed it.</param>
internal readonly record struct SpooledFacts(string Leaf, string Id, string KeyId);

/// <summary>
/// A journal of the entries on their way into the tree, in git's private folder. Writing an entry here and flushing it is what makes it durable; its file in the tree, and what its
/// stream's writer remembers, are flushed later and together. After a <c>kill -9</c> or a power cut the next writer finishes what is here, so an entry that was promised is never lost
/// and never half there. Used under the log's lock only, but for <see cref="HasPending"/>.
/// </summary>
/// <remarks>
/// The file has a fixed size and is written over, so that a flush has nothing to flush but the record. It begins with an epoch; a record is <c>epoch - path length sha256 leaf id keyid 0</c> on one line
/// and then the bytes; the dash becomes a plus when the entry is in the tree. What follows the last record is of another epoch, or was cut, and was never promised. Forgetting is a new epoch.
/// A record that could not be flushed is taken back in the file as every process sees it; of a disk that refused both and then lost its power nothing is known.
/// </remarks>
internal sealed class Spool(string path, string root, Action<SafeFileHandle>? flush = null)
{
    private const string Header = "colophon-spool 3 ";
    private const int EpochLength = 16;
    private const string Owed = "-";
    private const string Placed = "+";
    private const int HeaderBytes = 64;
    private const int LongestLine = 4096;
    private const int Capacity = 16 << 20;
    private const int MostRecords = 2048;

    private readonly Action<SafeFileHandle> _flush = flush ?? AtomicFile.FlushData;
    private readonly List<SpooledEntry> _entries = [];
    private string _epoch = "";
    private long _end = HeaderBytes;

    /// <summary>The entries, as far as it was looked.</summary>
    internal IReadOnlyList<SpooledEntry> Entries => _entries;

    internal bool HasPending
    {
        get
        {
            if (!File.Exists(path))
                return false;
            using var file = Open(FileAccess.Read);
            return ReadEpoch(file, out _) is { } epoch && ReadRecord(file, epoch, HeaderBytes) is not null;
        }
    }

    /// <summary>Whether the machine has not started again since the journal was begun: what was written without a flush is there.</summary>
    internal bool IsSameBoot { get; private set; }

    /// <summary>Whether an entry so long should wait until what is here has settled.</summary>
    internal bool IsFullFor(int bytes) => _entries.Count > 0 && (_entries.Count >= MostRecords || _end + LongestLine + bytes > Capacity);

    /// <summary>Reads the records that came since it looked last.</summary>
    /// <returns>Whether the journal was forgotten in between: whatever was known before may be out of date.</returns>
    internal bool Look()
    {
        if (!File.Exists(path))
            return Begin("");
        using var file = Open(FileAccess.Read);
        var epoch = ReadEpoch(file, out var boot) ?? "";
        var isNew = epoch != _epoch && Begin(epoch);
        IsSameBoot = boot == MachineStart.Mark;
        while (epoch.Length > 0 && ReadRecord(file, epoch, _end) is var (entry, end))
        {
            _entries.Add(entry);
            _end = end;
        }

        return isNew;
    }

    /// <summary>Writes an entry here, durably. It was looked before.</summary>
    internal void Put(string target, byte[] file, SpooledFacts facts)
    {
        if (_epoch.Length == 0)
            Clear();
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_epoch} {Owed} {Path.GetRelativePath(root, target)} {file.Length} {Convert.ToHexStringLower(SHA256.HashData(file))} {facts.Leaf} {facts.Id} {facts.KeyId} 0\n"));
        var record = new byte[line.Length + file.Length];
        line.CopyTo(record, 0);
        file.CopyTo(record, line.Length);
        using var handle = Open(FileAccess.Write);
        try
        {
            RandomAccess.Write(handle, record, _end);
            _flush(handle);
        }
        catch (IOException)
        {
            // The caller is told that nothing was appended, so nobody may finish it later: the bytes may be there, and only not flushed.
            RandomAccess.Write(handle, new byte[EpochLength], _end);
            throw;
        }

        _entries.Add(new SpooledEntry(target, file.Length, () => file, facts, IsPlaced: false));
        _end += record.Length;
    }

    /// <summary>Notes that the last entry is in the tree. Not flushed: it only tells the next process of this start of the machine.</summary>
    internal void Place()
    {
        var entry = _entries[^1];
        using var handle = Open(FileAccess.Write);
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes(Placed), _end - RecordLength(entry) + EpochLength + 1);
        _entries[^1] = entry with { IsPlaced = true };
    }

    /// <summary>Takes the last entry back: it could not be put into the tree, and the caller is told that nothing was appended.</summary>
    internal void Withdraw()
    {
        var end = HeaderBytes + _entries.Take(_entries.Count - 1).Sum(e => (long)RecordLength(e));
        using var handle = Open(FileAccess.Write);
        RandomAccess.Write(handle, new byte[EpochLength], end);
        _flush(handle);
        _entries.RemoveAt(_entries.Count - 1);
        _end = end;
    }

    /// <summary>Forgets the records: what they promise is in the tree for good.</summary>
    internal void Clear()
    {
        if (!File.Exists(path))
            AtomicFile.TryCreate(path, new byte[Capacity], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Begin(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EpochLength / 2)));
        using var handle = Open(FileAccess.Write);
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes($"{Header}{_epoch} {MachineStart.Mark}".PadRight(HeaderBytes - 1) + "\n"), 0);
        _flush(handle);
        IsSameBoot = true;
    }

    private SafeFileHandle Open(FileAccess access) => File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);

    private bool Begin(string epoch)
    {
        var isNew = _epoch.Length > 0;
        (_epoch, _end) = (epoch, HeaderBytes);
        _entries.Clear();
        return isNew;
    }

    private int RecordLength(SpooledEntry entry) =>
        Encoding.UTF8.GetByteCount(Path.GetRelativePath(root, entry.Target)) + entry.Length + EpochLength + 64 + 6 + 5 + entry.Facts.Leaf.Length + entry.Facts.Id.Length + entry.Facts.KeyId.Length + entry.Length.ToString(CultureInfo.InvariantCulture).Length;

    private static string? ReadEpoch(SafeFileHandle file, out string boot)
    {
        Span<byte> bytes = stackalloc byte[HeaderBytes];
        boot = "";
        if (RandomAccess.Read(file, bytes, 0) != HeaderBytes || Encoding.ASCII.GetString(bytes) is not { } text || !text.StartsWith(Header, StringComparison.Ordinal))
            return null;
        if (text[Header.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [{ Length: EpochLength } epoch, var mark, ..])
            return null;
        boot = mark;
        return epoch;
    }

    private (SpooledEntry Entry, long End)? ReadRecord(SafeFileHandle file, string epoch, long start)
    {
        Span<byte> head = stackalloc byte[LongestLine];
        head = head[..RandomAccess.Read(file, head, start)];
        var line = head.IndexOf((byte)'\n');
        if (line <= EpochLength || Encoding.UTF8.GetString(head[..line]).Split(' ') is not [var mark, Owed or Placed, var target, var number, var sum, var leaf, var id, var keyId, _] || mark != epoch
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > RandomAccess.GetLength(file) - start - line - 1)
            return null;
        var (first, isPlaced) = (start + line + 1, head[EpochLength + 1] == Placed[0]);
        // What was noted as placed in this start of the machine was written whole.
        if (!(isPlaced && IsSameBoot) && Convert.ToHexStringLower(SHA256.HashData(Bytes(first, length))) != sum)
            return null;
        return (new SpooledEntry(Path.Combine(root, target), length, () => Bytes(first, length), new SpooledFacts(leaf, id, keyId), isPlaced), first + length);
    }

    private byte[] Bytes(long start, int length)
    {
        var bytes = new byte[length];
        using var file = Open(FileAccess.Read);
        return bytes[..RandomAccess.Read(file, bytes, start)];
    }
}
