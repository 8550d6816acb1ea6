using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>A running <c>obs up</c>: what it printed so far, its stdin, and the ways to end it.</summary>
internal sealed class LiveObs : IDisposable
{
    private const int LimitMs = 60_000;

    private readonly Process _process;
    private readonly List<string> _lines = [];

    /// <summary>Starts it.</summary>
    public LiveObs(params string[] arguments)
        : this([], arguments)
    {
    }

    private LiveObs(string[] before, string[] arguments)
    {
        _process = ObsRun.StartOpen(before, ["up", .. arguments]);
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it as a shell script starts what stands before <c>&amp;</c>: with SIGINT ignored.</summary>
    public static LiveObs InBackground(params string[] arguments) => new(["sh", "-c", "trap '' INT; exec \"$@\"", "sh"], arguments);

    /// <summary>Lines of stdout and stderr so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Everything printed, for messages.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Writes a line to its stdin.</summary>
    public void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its stdin.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits until a line holds a text.</summary>
    public string WaitFor(string text)
    {
        string? found = null;
        bool came = SpinWait.SpinUntil(() => (found = Lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))) is not null || _process.HasExited, LimitMs);
        Assert.That(came && found is not null, Is.True, $"no line with '{text}' came:\n{Text}");
        return found!;
    }

    /// <summary>Ends it without warning after a time; true when it still ran.</summary>
    public bool KillAfter(int afterMs)
    {
        bool ended = _process.WaitForExit(afterMs);
        if (!ended)
            _process.Kill();
        _process.WaitForExit();
        return !ended;
    }

    /// <summary>Sends a signal by its name and waits for the end.</summary>
    /// <returns>Its exit code.</returns>
    public int Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return WaitForEnd();
    }

    /// <summary>Waits for the end.</summary>
    public int WaitForEnd()
    {
        Assert.That(_process.WaitForExit(LimitMs), Is.True, $"it did not end:\n{Text}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }
}
