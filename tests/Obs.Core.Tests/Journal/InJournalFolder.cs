using NUnit.Framework;

namespace Obs.Core.Tests.Journal;

/// <summary>Gives each test a journal folder of its own.</summary>
public abstract class InJournalFolder
{
    private protected JournalFolder Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = new JournalFolder();

    [TearDown]
    public void RemoveFolder() => Folder.Dispose();
}
