using System.IO;
using NUnit.Framework;

namespace Obs.Core.Tests.Engine;

/// <summary>Gives each test a folder of its own for a journal and what lies beside it.</summary>
internal abstract class InFolder
{
    protected string Folder { get; private set; } = "";

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("obs-engine-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);
}
