using System;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using Obs.Bench.Harness;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Bench.Suites.Journal;

/// <summary>What one would write instead: the same header and payload into a FileStream, or into a mapped view by its accessor. Without
/// checksums.</summary>
internal sealed class PlainFileRun(long records) : IDisposable
{
    private readonly JournalBenchFolder _folder = new("plain");
    private readonly byte[] _record = [.. new byte[RecordHeader.SizeBytes], .. AppendRun.Payload()];
    private FileStream? _stream;
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;

    /// <summary>A fresh file; untimed.</summary>
    public void PrepareStream()
    {
        Dispose();
        _folder.Reset();
        _stream = new FileStream(Path.Combine(_folder.Path, "stream"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }

    /// <summary>A fresh mapping, its pages touched as ours are; untimed.</summary>
    public void PrepareView()
    {
        Dispose();
        _folder.Reset();
        long bytes = records * _record.Length;
        _map = MemoryMappedFile.CreateFromFile(Path.Combine(_folder.Path, "view"), FileMode.Create, null, bytes);
        _view = _map.CreateViewAccessor(0, bytes);
        for (long at = 0; at < bytes; at += 4096)
            _view.Write(at, (byte)0);
    }

    /// <summary>The timed work over the stream.</summary>
    public void WriteStream()
    {
        for (long i = 0; i < records; i++)
        {
            BitConverter.TryWriteBytes(_record, i);
            _stream!.Write(_record);
        }
        _stream!.Flush();
    }

    /// <summary>The timed work over the view.</summary>
    public void WriteView()
    {
        for (long i = 0; i < records; i++)
        {
            BitConverter.TryWriteBytes(_record, i);
            _view!.WriteArray(i * _record.Length, _record, 0, _record.Length);
        }
    }

    /// <summary>Each write timed on its own.</summary>
    public void WriteTimed(LatencySample sample)
    {
        PrepareStream();
        for (long i = 0; i < records; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _stream!.Write(_record);
            sample.Raw.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
        }
        Dispose();
    }

    /// <summary>Each write followed by a flush to the disk.</summary>
    public void WriteAndFlush(LatencySample sample)
    {
        PrepareStream();
        for (long i = 0; i < records; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _stream!.Write(_record);
            _stream.Flush(flushToDisk: true);
            sample.Raw.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
        }
        Dispose();
    }

    /// <summary>Closes and deletes the file.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _view?.Dispose();
        _map?.Dispose();
        (_stream, _view, _map) = (null, null, null);
        _folder.Delete();
    }
}
