namespace Colophon.Specs.Checking;

/// <summary>What a finding about a specification tree can be; the value is the stable code. <c>colophon explain</c> has a page for each.</summary>
public enum SpecRule
{
    /// <summary>A folder under <c>changes/</c> only wraps changes.</summary>
    ChangeNested = 1101,

    /// <summary>A change has no delta and does not say that it needs none.</summary>
    ChangeNoDeltas = 1102,

    /// <summary>A delta uses one name in two of its sections.</summary>
    DeltaConflict = 1103,

    /// <summary>A delta uses one name twice in a section.</summary>
    DeltaDuplicate = 1104,

    /// <summary>A delta has sections and no entry in them.</summary>
    DeltaEmpty = 1105,

    /// <summary>A level-3 header in a delta is no requirement.</summary>
    DeltaHeaderIgnored = 1106,

    /// <summary>A requirement of a delta says neither SHALL nor MUST.</summary>
    DeltaNoKeyword = 1107,

    /// <summary>A requirement of a delta has no scenario.</summary>
    DeltaNoScenario = 1108,

    /// <summary>A delta file has no delta section.</summary>
    DeltaNoSection = 1109,

    /// <summary>A requirement of a delta has no text.</summary>
    DeltaNoText = 1110,

    /// <summary>A rename and another section contradict each other.</summary>
    DeltaRenameConflict = 1111,

    /// <summary>A FROM has no TO, or a TO no FROM.</summary>
    DeltaRenameUnpaired = 1112,

    /// <summary>A requirement of a delta stands outside its sections.</summary>
    DeltaRequirementOrphaned = 1113,

    /// <summary>A delta lies at <c>specs/spec.md</c>, where nobody reads it.</summary>
    DeltaRootLevel = 1114,

    /// <summary>A MODIFIED requirement leaves out a scenario that the specification has.</summary>
    DeltaScenarioLoss = 1115,

    /// <summary>The specification that a delta changes cannot be read.</summary>
    DeltaTargetUnreadable = 1116,

    /// <summary>A file with delta sections has a name that nobody reads.</summary>
    DeltaUnread = 1117,

    /// <summary>An item's files cannot be read.</summary>
    ItemUnreadable = 1118,

    /// <summary>A change declares that it changes no specification.</summary>
    SkipSpecsAccepted = 1119,

    /// <summary>A change declares that it changes no specification, and has files for some.</summary>
    SkipSpecsConflict = 1120,

    /// <summary>The declaration cannot be honoured.</summary>
    SkipSpecsInvalid = 1121,

    /// <summary>A specification lacks Purpose or Requirements.</summary>
    SpecSectionMissing = 1131,

    /// <summary>A specification has no requirement.</summary>
    SpecNoRequirements = 1132,

    /// <summary>A specification holds a delta's header.</summary>
    SpecDeltaHeader = 1133,

    /// <summary>A specification has two requirements of one name.</summary>
    SpecRequirementDuplicate = 1134,

    /// <summary>A requirement stands outside the Requirements section.</summary>
    SpecRequirementOutside = 1135,

    /// <summary>A Purpose is very short.</summary>
    SpecPurposeBrief = 1136,

    /// <summary>A Purpose is a placeholder.</summary>
    SpecPurposePlaceholder = 1137,

    /// <summary>A specification cannot be read.</summary>
    SpecUnreadable = 1138,

    /// <summary>A requirement has no text.</summary>
    RequirementEmpty = 1139,

    /// <summary>A requirement's text is very long.</summary>
    RequirementLong = 1140,

    /// <summary>A requirement has nothing below its header.</summary>
    RequirementNoBody = 1141,

    /// <summary>A requirement says neither SHALL nor MUST.</summary>
    RequirementNoKeyword = 1142,

    /// <summary>A requirement has no scenario.</summary>
    RequirementNoScenario = 1143,

    /// <summary>A requirement's scenarios are not written as level-4 headers.</summary>
    RequirementScenarioFormat = 1144,

    /// <summary>Two tasks carry one number.</summary>
    TaskDuplicate = 1151,

    /// <summary>A task's number belongs to another group.</summary>
    TaskGroup = 1152,

    /// <summary>A task file lists work without check boxes.</summary>
    TasksNoCheckBox = 1153,

    /// <summary>An archived change has open tasks.</summary>
    TasksIncomplete = 1154,

    /// <summary>A task file cannot be read.</summary>
    TasksUnreadable = 1155,

    /// <summary>Archive would refuse a delta.</summary>
    ArchiveRefuses = 1160,

    /// <summary>A fence is never closed, so the rest of the file is code.</summary>
    FenceUnclosed = 1161,

    /// <summary>A header lacks the space behind its <c>#</c>, or has white space that hides it.</summary>
    HeaderSpacing = 1162,

    /// <summary>A header is nearly one that would be read.</summary>
    HeaderNearMiss = 1163,

    /// <summary>A scenario's header has another level than four.</summary>
    ScenarioLevel = 1164,

    /// <summary>A level-4 header counts as a scenario and is not called one.</summary>
    ScenarioLabel = 1165,

    /// <summary>Two scenarios of a requirement have one name.</summary>
    ScenarioDuplicate = 1166,

    /// <summary>A scenario has nothing below its header.</summary>
    ScenarioEmpty = 1167,

    /// <summary>A scenario does not say WHEN or THEN.</summary>
    ScenarioIncomplete = 1168,

    /// <summary>No blank line stands above a header.</summary>
    HeaderBlankLine = 1169,

    /// <summary>A header inside an HTML comment counts nevertheless.</summary>
    HeaderInComment = 1170,

    /// <summary>A level-3 header below Requirements is not called a requirement.</summary>
    RequirementUnlabelled = 1171,

    /// <summary>A FROM or TO is written so that nobody reads it.</summary>
    RenameLabel = 1172,

    /// <summary>An entry of REMOVED is written so that nobody reads it.</summary>
    RemovedLabel = 1173,

    /// <summary>A delta's Purpose is ignored because the specification has one.</summary>
    PurposeIgnored = 1174,

    /// <summary>A requirement to remove is not there.</summary>
    RemovedMissing = 1175,

    /// <summary>Text under a heading of its own goes with the requirement above it.</summary>
    ForeignTail = 1176,

    /// <summary>A workflow schema is not known or cannot be read.</summary>
    SchemaUnknown = 1177,

    /// <summary>A file that counts as a finished artifact is empty.</summary>
    ArtifactEmpty = 1178,

    /// <summary>A new capability is nearly called like one that exists.</summary>
    CapabilityNearMiss = 1179,

    /// <summary>Two capabilities differ in case only.</summary>
    CapabilityCase = 1180,

    /// <summary>A file is not UTF-8.</summary>
    NotUtf8 = 1181,

    /// <summary>A task inside a fence or a comment counts.</summary>
    TaskHidden = 1182,

    /// <summary>A task cannot be ticked by changing one character.</summary>
    TaskUntickable = 1183,

    /// <summary>A placeholder of a drafted change was never filled in.</summary>
    DraftPlaceholder = 1184,

    /// <summary>Two open changes touch one requirement.</summary>
    ChangesConflict = 1201,

    /// <summary>The text that a change replaces or removes has changed since the change was written.</summary>
    BaseDrift = 1202,

    /// <summary>Whether a change's base has drifted cannot be told.</summary>
    BaseUnknown = 1203,
}
