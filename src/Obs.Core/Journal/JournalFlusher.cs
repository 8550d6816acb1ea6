using System;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>A background thread that commits every interval, or at once when a record that somebody waits for was published.</summary>
/// <remarks>It also touches the pages just ahead of the writer: a page that was written back is write-protected, and its first store would
/// fault
/// (about 1 µs) in the writer.</remarks>
internal sealed class JournalFlusher : IDisposable
{
    private const long TouchAheadBytes = 256 << 10;

    private readonly JournalWriter _writer;
    private readonly JournalCommitter _committer;
    private readonly TimeSpan _interval;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    public JournalFlusher(JournalWriter writer, JournalCommitter committer, TimeSpan interval, string name)
    {
        _writer = writer;
        _committer = committer;
        _interval = interval;
        _thread = new Thread(Run) { IsBackground = true, Name = $"obs {name} flush" };
        _thread.Start();
    }

    /// <summary>Commit now. Any thread; does not block.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Ends the thread; what is not committed yet is left to the caller.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isStopping, true);
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            _ = _wake.WaitOne(_interval);
            try
            {
                long before = _committer.DurableSequence;
                if (_committer.Commit(_writer, long.MaxValue) == before)
                    continue;
                _committer.Settle(TouchAheadBytes);
            }
            catch (JournalException)
            {
                return;     // the committer keeps the failure; the writer's next record throws it
            }
        }
    }
}
