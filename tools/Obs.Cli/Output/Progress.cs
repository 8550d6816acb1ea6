using System;
using System.Diagnostics;
using System.Globalization;
using Obs.Core.Recordings;

namespace Obs.Cli.Output;

/// <summary>Tells a person on stderr how far long work is; silent when stderr is no terminal.</summary>
internal sealed class Progress
{
    private const double EverySeconds = 0.2;

    private readonly string _what;
    private long _lastTicks;

    private Progress(string what) => _what = what;

    /// <summary>A callback for imports, or null where nobody would see it.</summary>
    public static Action<ImportProgress>? Of(string what, bool isJson) =>
        Console.IsErrorRedirected || isJson ? null : new Progress(what).OnImport;

    private void OnImport(ImportProgress progress)
    {
        long now = Stopwatch.GetTimestamp();
        bool isDone = progress.BytesRead >= progress.BytesTotal;
        if (!isDone && Stopwatch.GetElapsedTime(_lastTicks, now).TotalSeconds < EverySeconds)
            return;
        _lastTicks = now;
        double share = progress.BytesTotal == 0 ? 1 : (double)progress.BytesRead / progress.BytesTotal;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_what} {share:P0} {progress.File}\u001b[K"));
        if (isDone)
            Console.Error.Write("\r\u001b[K");
    }
}
