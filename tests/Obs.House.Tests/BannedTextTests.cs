using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Obs.House.Tests;

/// <summary>Banned calls, each with the replacement named and a bad sample that must be objected to.</summary>
internal sealed class BannedTextTests
{
    private const string Core = "src/Obs.Core/";
    private const string WaitDoors = "^src/Obs.Core/Disruptor/.*Wait";
    private const string ClockDoors = "^src/Obs.Core/(Diagnostics|Disruptor|Engine)/";

    private static IEnumerable<TestCaseData> Rules()
    {
        yield return Rule("wall clock", new([Core], @"\bDateTime(Offset)?\.(Utc)?Now\b|\bGetUtcNow\b|\bTimeProvider\.System\b", "the record's receive time", "^src/Obs.Core/(Diagnostics|Engine)/[A-Za-z]*Clock\\.cs$"), "long now = DateTime.UtcNow.Ticks;");
        yield return Rule("stopwatch", new([Core], @"\bStopwatch\b", "the record's receive time; durations belong to Diagnostics", ClockDoors), "long now = Stopwatch.GetTimestamp();");
        yield return Rule("random numbers", new([Core], @"\bnew Random\b|\bRandom\.Shared\b|\bRandomNumberGenerator\b", "a seeded generator of our own, its state part of the owner"), "int dice = new Random(1).Next();");
        yield return Rule("sleep in Core", new([Core], @"\bThread\.Sleep\b|\bTask\.Delay\b", "a wait strategy", WaitDoors), "Thread.Sleep(1);");
        yield return Rule("tick count", new([Core], @"\bEnvironment\.TickCount(64)?\b", "the record's receive time"), "long now = Environment.TickCount64;");
        yield return Rule("identity from nowhere", new([Core], @"\bGuid\.(NewGuid|CreateVersion7)\b", "ids made of the journal sequence"), "Guid id = Guid.NewGuid();");
        yield return Rule("console in Core", new([Core], @"\bConsole\.", "a value the caller prints"), "Console.Write(1);");
        yield return Rule("package in Core", new([Core], @"^\s*using (static )?(Newtonsoft|Spectre|BenchmarkDotNet|NUnit)\b", ".NET itself; libraries live in the projects around Core"), "using Spectre.Console;");
        yield return Rule("order of a hash", new([Core], @"\b(string|HashCode)\.(GetHashCode|Combine)\(", "BookHash or the state hash: .NET's are seeded per process"), "int hash = HashCode.Combine(1, 2);");
        yield return Rule("sleep in tests", new(["tests/"], @"\bThread\.Sleep\b", "waiting on the event itself, with a limit"), "Thread.Sleep(500);", "tests/Obs.Core.Tests/Sample.cs");
        yield return Rule("switched-off test", new(["tests/"], @"\[\s*(Ignore|Explicit)\b", "deleting it, or [Category(\"Soak\")] when it is long"), "[Ignore(\"later\")] void A() { }", "tests/Obs.Core.Tests/Sample.cs");
    }

    [TestCaseSource(nameof(Rules))]
    public void Banned(BannedRule rule, string sample, string path)
    {
        Assert.That(rule.Breaches([SourceFile.Sample(sample, path)]), Is.Not.Empty, "the rule must object to its bad sample");
        Assert.That(rule.Breaches([SourceFile.Sample($"// {sample}\nvar text = \"\"\"\n{sample}\n\"\"\";", path)]), Is.Empty, "comments and strings are no calls");
        Assert.That(rule.Breaches(SourceTree.CSharp()), Is.Empty, $"use {rule.Instead}");
    }

    [Test]
    public void A_door_stays_open()
    {
        BannedRule sleep = new([Core], @"\bThread\.Sleep\b", "a wait strategy", WaitDoors);
        Assert.That(sleep.Breaches([SourceFile.Sample("Thread.Sleep(0);", "src/Obs.Core/Disruptor/SleepingWaitStrategy.cs")]), Is.Empty);
        Assert.That(sleep.Breaches([SourceFile.Sample("Thread.Sleep(0);", "src/Obs.Core/Disruptor/RingBuffer.cs")]).Single(), Does.StartWith("src/Obs.Core/Disruptor/RingBuffer.cs:1:"));
    }

    private static TestCaseData Rule(string name, BannedRule rule, string sample, string path = "src/Obs.Core/Market/Sample.cs") =>
        new TestCaseData(rule, sample, path).SetName($"Banned: {name}");
}
