using System;

namespace Obs.Bench.Harness;

/// <summary>Progress on stderr: one line rewritten in a terminal, one line per step of work elsewhere.</summary>
internal sealed class BenchProgress
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private string _lastWork = string.Empty;

    /// <summary>Tells what is going on now.</summary>
    public void Show(string text)
    {
        if (_isTerminal)
        {
            Console.Error.Write($"\r\u001b[K{text}");
            return;
        }
        string work = text[..Math.Max(0, text.LastIndexOf(": ", StringComparison.Ordinal))];
        if (work != _lastWork)
            Console.Error.WriteLine(work);
        _lastWork = work;
    }

    /// <summary>A finished result, on a line that stays: long runs are read before they end.</summary>
    public void Done(string text)
    {
        End();
        Console.Error.WriteLine(text);
    }

    /// <summary>Leaves the terminal's line clean.</summary>
    public void End()
    {
        if (_isTerminal)
            Console.Error.Write("\r\u001b[K");
    }
}
