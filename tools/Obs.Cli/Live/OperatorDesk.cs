using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Obs.Cli.Output;
using Obs.Core.Engine;
using Obs.Core.Journal;

namespace Obs.Cli.Live;

/// <summary>Takes the operator's commands: keys k and r on a terminal, lines kill and release on a redirected stdin. Each is answered once its record is on disk.</summary>
/// <remarks>A thread of its own. The end of stdin ends the desk, not the run.</remarks>
internal sealed class OperatorDesk(CommandLane lane, JournalWriter journal, Action<string> say)
{
    private const int KeyPollMs = 50;
    private const int LineCharsMax = 64;
    private const int UnknownShown = 3;

    private long _unknown;

    /// <summary>Starts listening.</summary>
    public void Start(CancellationToken stop)
    {
        Thread thread = new(() => Listen(stop)) { IsBackground = true, Name = "obs operator" };
        thread.Start();
    }

    private void Listen(CancellationToken stop)
    {
        if (Console.IsInputRedirected)
        {
            while (!stop.IsCancellationRequested && ReadLine(Console.In) is { } line)
                Obey(line.Trim());
            if (_unknown > UnknownShown)
                say(string.Create(CultureInfo.InvariantCulture, $"stdin has ended; {_unknown} of its lines were no commands."));
            return;
        }
        while (!stop.WaitHandle.WaitOne(KeyPollMs))
        {
            while (Console.KeyAvailable)
                Obey(Console.ReadKey(intercept: true).KeyChar.ToString());
        }
    }

    /// <summary>The next line, cut to what a command can be and free of characters that steer a terminal: stdin may hold anything, without end.</summary>
    internal static string? ReadLine(TextReader input)
    {
        StringBuilder line = new(LineCharsMax);
        int next;
        while ((next = input.Read()) is >= 0 and not '\n')
        {
            if (line.Length < LineCharsMax)
                line.Append(TerminalText.IsHarmless((char)next) ? (char)next : ' ');
        }
        return next < 0 && line.Length == 0 ? null : line.ToString();
    }

    /// <summary>Does what a line asks for. Lines that are no commands are answered a few times and counted from there on.</summary>
    internal void Obey(string word)
    {
        EngineCommandKind? kind = word switch
        {
            "k" or "kill" => EngineCommandKind.Kill,
            "r" or "release" => EngineCommandKind.Release,
            _ => null,
        };
        if (kind is { } asked)
            Ask(asked);
        else if (word.Length > 0 && ++_unknown <= UnknownShown)
            say($"'{word}' is no command; kill (k) stops every order, release (r) lets them pass again.{(_unknown == UnknownShown ? " More of that is counted and not shown." : "")}");
    }

    private void Ask(EngineCommandKind kind)
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        PendingCommand pending = lane.Offer(new EngineCommand { Kind = kind, KeyHigh = BitConverter.ToUInt64(key), KeyLow = BitConverter.ToUInt64(key[8..]) });
        try
        {
            CommandOutcome outcome = pending.Answer.GetAwaiter().GetResult();
            journal.CommitCovering(pending.RecordSequence);
            say(string.Create(CultureInfo.InvariantCulture, $"{Word(kind)} {(outcome.Reason == CommandReason.Accepted ? "accepted" : "refused: " + outcome.Reason)}, sequence {outcome.Sequence}"));
        }
        catch (TaskCanceledException)
        {
            say($"{Word(kind)} was not taken: the engine has stopped.");
        }
        catch (JournalException problem)
        {
            say($"{Word(kind)} is in force, but its record could not be put on disk: {problem.Message}");
        }
    }

    private static string Word(EngineCommandKind kind) => kind == EngineCommandKind.Kill ? "kill" : "release";
}
