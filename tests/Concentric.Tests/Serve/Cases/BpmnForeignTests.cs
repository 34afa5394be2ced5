using Concentric.Core.People;
using Concentric.Serve.Cases;

namespace Concentric.Tests.Serve.Cases;

/// <summary>Maps as other programs write them: read as well as can be, and what is lost is named.</summary>
[Trait("Database", "none")]
public sealed class BpmnForeignTests
{
    private const string ByBpmnIo = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="bpmn-js (https://demo.bpmn.io)">
          <bpmn:process id="Process_1" name="Missed bin" isExecutable="false">
            <bpmn:startEvent id="StartEvent_1" name="Report came"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
            <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_0z1" />
            <bpmn:task id="Activity_0z1" name="Check the&#10;round"><bpmn:incoming>Flow_1</bpmn:incoming><bpmn:incoming>Flow_6</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing></bpmn:task>
            <bpmn:exclusiveGateway id="Gateway_1" name="Was it missed?"><bpmn:incoming>Flow_2</bpmn:incoming><bpmn:outgoing>Flow_3</bpmn:outgoing><bpmn:outgoing>Flow_4</bpmn:outgoing></bpmn:exclusiveGateway>
            <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_0z1" targetRef="Gateway_1" />
            <bpmn:sequenceFlow id="Flow_3" name="Yes" sourceRef="Gateway_1" targetRef="Activity_2" />
            <bpmn:sequenceFlow id="Flow_4" sourceRef="Gateway_1" targetRef="Event_no" />
            <bpmn:userTask id="Activity_2" name="Collect it"><bpmn:documentation>Within two days.</bpmn:documentation><bpmn:incoming>Flow_3</bpmn:incoming><bpmn:outgoing>Flow_5</bpmn:outgoing></bpmn:userTask>
            <bpmn:intermediateCatchEvent id="Event_wait" name="Wait a week"><bpmn:incoming>Flow_5</bpmn:incoming><bpmn:outgoing>Flow_7</bpmn:outgoing>
              <bpmn:timerEventDefinition id="T_1"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1W</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
            <bpmn:sequenceFlow id="Flow_5" sourceRef="Activity_2" targetRef="Event_wait" />
            <bpmn:sequenceFlow id="Flow_7" sourceRef="Event_wait" targetRef="Event_yes" />
            <bpmn:endEvent id="Event_yes" name="Collected"><bpmn:incoming>Flow_7</bpmn:incoming></bpmn:endEvent>
            <bpmn:endEvent id="Event_no" name="Not missed"><bpmn:incoming>Flow_4</bpmn:incoming><bpmn:errorEventDefinition id="E_1" /></bpmn:endEvent>
            <bpmn:textAnnotation id="TextAnnotation_1"><bpmn:text>Ask the crew first</bpmn:text></bpmn:textAnnotation>
          </bpmn:process>
          <bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Process_1" /></bpmndi:BPMNDiagram>
        </bpmn:definitions>
        """;

    private const string ByCamunda = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" exporter="Camunda Modeler" exporterVersion="5.19.0">
          <bpmn:message id="Message_1" name="Invoice" />
          <bpmn:process id="claim" name="Claim" isExecutable="true">
            <bpmn:startEvent id="s" /><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="fork" />
            <bpmn:parallelGateway id="fork" />
            <bpmn:sequenceFlow id="f2" sourceRef="fork" targetRef="income" /><bpmn:sequenceFlow id="f3" sourceRef="fork" targetRef="rent" />
            <bpmn:userTask id="income" name="Check income" camunda:assignee="${ada}" camunda:candidateGroups="benefits"><bpmn:extensionElements><camunda:formData /></bpmn:extensionElements></bpmn:userTask>
            <bpmn:serviceTask id="rent" name="Check rent" camunda:type="external" />
            <bpmn:boundaryEvent id="late" name="Too late" attachedToRef="income"><bpmn:timerEventDefinition /></bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="f4" sourceRef="late" targetRef="chase" /><bpmn:task id="chase" name="Chase" /><bpmn:sequenceFlow id="f5" sourceRef="chase" targetRef="e" />
            <bpmn:sequenceFlow id="f6" sourceRef="income" targetRef="merge" />
            <bpmn:exclusiveGateway id="merge" /><bpmn:sequenceFlow id="f7" sourceRef="merge" targetRef="both" />
            <bpmn:sequenceFlow id="f8" sourceRef="rent" targetRef="which" /><bpmn:exclusiveGateway id="which" />
            <bpmn:sequenceFlow id="f9" sourceRef="which" targetRef="low"><bpmn:conditionExpression>${rent &lt; 10}</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="f10" name="Else" sourceRef="which" targetRef="high" />
            <bpmn:scriptTask id="low" name="Low" /><bpmn:businessRuleTask id="high" name="High" />
            <bpmn:sequenceFlow id="f11" sourceRef="low" targetRef="meet" /><bpmn:sequenceFlow id="f12" sourceRef="high" targetRef="meet" />
            <bpmn:exclusiveGateway id="meet" /><bpmn:sequenceFlow id="f13" sourceRef="meet" targetRef="both" />
            <bpmn:parallelGateway id="both" /><bpmn:sequenceFlow id="f14" sourceRef="both" targetRef="pay" />
            <bpmn:subProcess id="pay" name="Pay"><bpmn:task id="inner" name="Inner task" /><bpmn:multiInstanceLoopCharacteristics /></bpmn:subProcess>
            <bpmn:sequenceFlow id="f15" sourceRef="pay" targetRef="e" /><bpmn:endEvent id="e"><bpmn:terminateEventDefinition /></bpmn:endEvent>
          </bpmn:process>
        </bpmn:definitions>
        """;

    private const string BySignavio = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:signavio="http://www.signavio.com" exporter="Signavio Process Editor, http://www.signavio.com" id="sid-1">
          <collaboration id="sid-2"><participant id="sid-3" name="Citizen" /><participant id="sid-4" name="Council" processRef="sid-5" /><messageFlow id="sid-6" name="Letter" sourceRef="sid-4" targetRef="sid-3" /></collaboration>
          <process id="sid-5"><extensionElements><signavio:signavioDiagramMetaData metaKey="revisionid" metaValue="1" /></extensionElements>
            <laneSet id="sid-7">
              <lane id="sid-8" name="Front desk"><flowNodeRef>sid-10</flowNodeRef><flowNodeRef>sid-11</flowNodeRef></lane>
              <lane id="sid-9" name="Planning"><flowNodeRef>sid-12</flowNodeRef><flowNodeRef>sid-13</flowNodeRef><flowNodeRef>sid-14</flowNodeRef><flowNodeRef>sid-15</flowNodeRef></lane>
            </laneSet>
            <startEvent id="sid-10" name=""><messageEventDefinition /></startEvent>
            <receiveTask id="sid-11" name="Take the plans" />
            <intermediateThrowEvent id="sid-16" name="Plans are there" />
            <inclusiveGateway id="sid-12" name="Who must be asked?" />
            <manualTask id="sid-13" name="Ask the neighbours" /><manualTask id="sid-14" name="Ask the neighbours" /><manualTask id="sid-15" />
            <inclusiveGateway id="sid-17" /><endEvent id="sid-18" name="Asked" />
            <sequenceFlow id="f1" sourceRef="sid-10" targetRef="sid-11" /><sequenceFlow id="f2" sourceRef="sid-11" targetRef="sid-16" /><sequenceFlow id="f3" sourceRef="sid-16" targetRef="sid-12" />
            <sequenceFlow id="f4" name="One" sourceRef="sid-12" targetRef="sid-13" /><sequenceFlow id="f5" name="one" sourceRef="sid-12" targetRef="sid-14" /><sequenceFlow id="f6" sourceRef="sid-12" targetRef="sid-15" />
            <sequenceFlow id="f7" sourceRef="sid-13" targetRef="sid-17" /><sequenceFlow id="f8" sourceRef="sid-14" targetRef="sid-17" /><sequenceFlow id="f9" sourceRef="sid-15" targetRef="sid-17" />
            <sequenceFlow id="f10" sourceRef="sid-17" targetRef="sid-18" /><sequenceFlow id="f11" sourceRef="sid-17" targetRef="gone" />
            <dataObject id="sid-19" name="Plans" />
          </process>
          <process id="sid-20" name="Archive"><task id="sid-21" name="File" /></process>
        </definitions>
        """;

    [Fact]
    public void A_map_of_bpmn_io_is_read()
    {
        var (process, report) = Read(ByBpmnIo, "bins.bpmn");

        Assert.Equal(("missed-bin", "Missed bin"), (process.Id, process.Title.En));
        Assert.Equal(["check-the-round: collect-it If Yes, not-missed If Not missed", "collect-it: wait-a-week", "wait-a-week: collected", "collected:", "not-missed:"], Ways(process));
        Assert.Equal((5, "work"), (process.Node("wait-a-week")!.Days, process.Node("wait-a-week")!.Stage));
        Assert.Equal([Role.Officer], process.Node("collect-it")!.Who);
        Assert.Equal((CaseOutcome.Done, CaseOutcome.Refused), (process.Node("collected")!.Outcome, process.Node("not-missed")!.Outcome));
        Says(report, "userTask Collect it: its documentation: Within two days.", "textAnnotation Ask the crew first:", "exclusiveGateway Was it missed?: its ways are chosen at the end of “Check the round”", "process Missed bin: no roles are known", "team: the team");
        Assert.Equal("It does not say whose cases these are: it has no team.", Assert.Single(report.Problems).Text);
    }

    [Fact]
    public void A_map_of_Camunda_is_read()
    {
        var (process, report) = Read(ByCamunda, "claim.bpmn");

        Assert.Equal(
            [
                "fork: check-income, check-rent", "check-income: both", "check-rent: low If ${rent < 10}, high If Else", "low: meet", "high: meet", "meet: both", "both: pay", "pay: e", "e:",
            ],
            Ways(process));
        Assert.Equal((NodeKind.Wait, 0), (process.Node("meet")!.Kind, process.Node("meet")!.Days));
        Assert.DoesNotContain(report.Problems, p => p.Node is not null);
        Says(
            report, "boundaryEvent Too late:", "task Chase: no way from the start leads to it", "assignee “${ada}”", "formData", "serviceTask Check rent: a program does it there", "message Invoice:",
            "subProcess Pay: inside it: task Inner task", "subProcess Pay: there it is done several times", "subProcess Pay: stands as one step", "sequenceFlow f4:");
    }

    [Fact]
    public void A_map_of_Signavio_is_read()
    {
        var (process, report) = Read(BySignavio, "plans.xml");

        Assert.Equal(("council", "Council", "Front desk"), (process.Id, process.Title.En, process.Team));
        Assert.Equal("Decide: Who must be asked?", process.Node("who-must-be-asked")!.Name);
        Assert.Equal((null, "Planning"), (process.Node("take-the-plans")!.Team, process.Node("ask-the-neighbours")!.Team));
        Assert.Equal(
            ["take-the-plans: who-must-be-asked", "who-must-be-asked: ask-the-neighbours If One, ask-the-neighbours-2 If one (2), sid-15 If sid-15", "ask-the-neighbours: asked", "ask-the-neighbours-2: asked", "sid-15: asked", "asked:"],
            Ways(process));
        Assert.Empty(report.Problems);
        Says(
            report, "participant Citizen:", "messageFlow Letter:", "process Archive: only the first process", "dataObject Plans:", "sequenceFlow f11:", "startEvent sid-10: it begins by message", "receiveTask Take the plans: somebody says that it has come",
            "intermediateThrowEvent Plans are there: what it tells others", "inclusiveGateway Who must be asked?: several of its ways", "inclusiveGateway sid-17: waits there for all", "signavioDiagramMetaData", "lane Planning");
    }

    private static (Process Process, BpmnReport Report) Read(string xml, string name)
    {
        var (process, report) = BpmnImport.Read(xml, name);
        Assert.Equal(process.Write(), Process.Read(process.Write()).Write());
        return (process, report);
    }

    private static void Says(BpmnReport report, params string[] texts) => Assert.All(texts, t => Assert.Contains(t, report.InWords(), StringComparison.Ordinal));

    private static IEnumerable<string> Ways(Process process) => process.Nodes.Select(n => $"{n.Id}: {string.Join(", ", n.Next.Select(f => f.If is null ? f.To : $"{f.To} If {f.If}"))}".Trim());
}
