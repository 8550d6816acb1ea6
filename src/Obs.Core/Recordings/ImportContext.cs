using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>The way out of every reader: puts the configuration in front, checks span and clock, counts, quarantines.</summary>
/// <remarks>One per import, over all its files; importing thread only. No allocation per record once the buffers have grown.</remarks>
internal sealed class ImportContext : IDisposable
{
    private readonly IRecordSink _sink;
    private readonly IReadOnlyList<string> _sources;
    private readonly byte[]? _symbol;
    private byte[] _payload = new byte[8192];
    private BookLevel[] _levels = new BookLevel[256];
    private QuarantineFile? _quarantine;
    private string _member = "";
    private int _announced = -1;

    /// <summary>A context for some files.</summary>
    public ImportContext(ImportOptions options, IRecordSink sink, IEnumerable<string> files)
    {
        Options = options;
        _sink = sink;
        _sources = [.. files.Select(static (string file) => Path.GetFileName(file))];
        _symbol = options.Symbol is { } symbol ? Encoding.UTF8.GetBytes(symbol) : null;
        Registry = new InstrumentRegistry(options.Instruments);
    }

    /// <summary>What the caller wants.</summary>
    public ImportOptions Options { get; }

    /// <summary>Markets of decoded events.</summary>
    public InstrumentRegistry Registry { get; }

    /// <summary>Counts so far.</summary>
    public ImportCounts Counts { get; } = new();

    /// <summary>The content being read, for messages.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Begins a file on disk: its bad lines go to a quarantine of its own.</summary>
    public void BeginFile(string path)
    {
        _quarantine?.Dispose();
        _quarantine = Options.QuarantineDirectory is { } directory ? new QuarantineFile(directory, path) : null;
    }

    /// <summary>Begins a content: the file itself, or a member of it.</summary>
    public void BeginContent(string name)
    {
        Name = name;
        int member = name.IndexOf('!', StringComparison.Ordinal);
        _member = member < 0 ? "" : $"{name[(member + 1)..]}:";
    }

    /// <summary>True when a receive time is in the asked span; counts those that are not.</summary>
    public bool InSpan(long receiveNs)
    {
        if (receiveNs >= Options.FromNs && receiveNs < Options.ToNs)
            return true;
        Counts.OutsideSpan++;
        return false;
    }

    /// <summary>Gives a frame on as it came.</summary>
    public void Frame(long line, RecordKind kind, long receiveNs, ReadOnlySpan<byte> payload)
    {
        if (Options.Validator is { } validator && validator.Judge(kind, Options.Venue, payload) is var status && status != DecodeStatus.Ok)
            Refuse(line, status, payload);
        Put(line, kind, Options.Venue, receiveNs, payload);
    }

    /// <summary>Gives a decoded event on. The levels' counts are filled in here.</summary>
    public void Event(long line, ref MarketEvent head, long receiveNs, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        Debug.Assert(head.Instrument < Registry.Count, "an event refers to a market that is announced");
        head.BidCount = bids.Length;
        head.AskCount = asks.Length;
        head.ReceiveNs = receiveNs;
        int count = bids.Length + asks.Length;
        if (count > _levels.Length)
            _levels = new BookLevel[count * 2];
        bids.CopyTo(_levels);
        asks.CopyTo(_levels.AsSpan(bids.Length));
        int bytes = DecodedForm.SizeOf(count);
        if (bytes > _payload.Length)
            _payload = new byte[bytes * 2];
        int written = DecodedForm.Write(in head, _levels.AsSpan(0, count), _payload);
        Debug.Assert(written == bytes, "the payload is exactly header and levels");
        Debug.Assert(DecodedForm.TryRead(_payload.AsSpan(0, written), out _, out _), "what is imported can be replayed");
        Put(line, RecordKind.VenueFrame, VenueId.Decoded, receiveNs, _payload.AsSpan(0, written));
    }

    /// <summary>Counts and keeps a line that cannot be used.</summary>
    /// <exception cref="ImportException">The import is strict.</exception>
    public void Bad(long line, LineFault fault, ReadOnlySpan<byte> bytes)
    {
        Debug.Assert(fault.Exists, "a bad line has a reason");
        Counts.Bad(fault.Reason);
        _quarantine?.Keep(_member, line, fault, bytes);
        if (Options.Strict)
            ImportThrow.BadLine(Name, line, fault);
    }

    /// <summary>Finds the market of a line; an empty code means the market given in the options.</summary>
    public LineFault FindInstrument(VenueId venue, ReadOnlySpan<byte> symbol, out ushort index)
    {
        if (!symbol.IsEmpty)
            return Registry.TryFind(venue, symbol, out index) ? default : new LineFault(BadLineReason.UnknownSymbol, Encoding.UTF8.GetString(symbol));
        if (_symbol is null)
            ImportThrow.SymbolNeeded(Name);
        if (!Registry.TryFind(venue, _symbol, out index))
            ImportThrow.SymbolUnknown(Name, Options.Symbol ?? "");
        return default;
    }

    /// <summary>Finishes the quarantine.</summary>
    public void Dispose() => _quarantine?.Dispose();

    private void Put(long line, RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
    {
        Debug.Assert(receiveNs is >= ReceiveTime.FirstNs and < ReceiveTime.EndNs, "times are judged before");
        if (_announced != Registry.Count)
            Announce(receiveNs);
        if (Counts.Records == 0)
            Counts.FirstReceiveNs = receiveNs;
        else if (receiveNs < Counts.LastReceiveNs)
            StepBack(line);
        Counts.LastReceiveNs = receiveNs;
        Counts.Records++;
        _sink.OnRecord(kind, venue, receiveNs, payload);
    }

    private void Announce(long receiveNs)
    {
        Debug.Assert(_announced < Registry.Count, "markets are only added");
        RecordingConfiguration configuration = new()
        {
            IsRecording = true,
            Venue = Options.Venue,
            Symbol = Options.Symbol,
            Sources = _sources,
            Instruments = [.. Enumerable.Range(0, Registry.Count).Select(index => InstrumentDescription.Of(Registry[index], index))],
        };
        _announced = Registry.Count;
        _sink.OnRecord(RecordKind.ConfigurationChange, VenueId.None, receiveNs, configuration.ToPayload());
    }

    private void StepBack(long line)
    {
        Counts.ClockSteps++;
        Counts.FirstClockStep ??= string.Create(CultureInfo.InvariantCulture, $"{Name}:{line}");
    }

    private void Refuse(long line, DecodeStatus status, ReadOnlySpan<byte> payload)
    {
        LineFault fault = new(BadLineReason.RefusedFrame, status.ToString());
        Counts.RefusedFrames++;
        _quarantine?.Keep(_member, line, fault, payload);
        if (Options.Strict)
            ImportThrow.BadLine(Name, line, fault);
    }
}
