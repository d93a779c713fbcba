// Where GitLab's documentation describes each table of config.toml.

const DOCS = "https://docs.gitlab.com/runner";
const ADVANCED = "configuration/advanced-configuration/";
const KUBERNETES = "executors/kubernetes/";

const volume = (anchor) => `${KUBERNETES}#${anchor}-volume`;
const affinity = `${KUBERNETES}#define-a-list-of-node-affinities`;
const podAffinity = `${KUBERNETES}#define-nodes-where-pods-are-scheduled`;
const lifecycle = `${KUBERNETES}#configure-a-container-lifecycle-hook`;
const security = `${KUBERNETES}#set-a-security-policy-for-the-pod`;
const containerSecurity = `${KUBERNETES}#set-a-security-policy-for-the-container`;
const profiles = `${KUBERNETES}#set-seccomp-and-apparmor-profiles`;
const dns = `${KUBERNETES}#configure-pod-dns-settings`;

/** Type -> its name in the file, and page and section that describe it. */
const SECTIONS = {
  GlobalConfiguration: ["The global section", `${ADVANCED}#the-global-section`],
  SessionServer: ["[session_server]", `${ADVANCED}#the-session_server-section`],
  RunnerConfiguration: ["One [[runners]] entry", `${ADVANCED}#the-runners-section`],
  RunnerExperimental: ["[runners.experimental]", `${ADVANCED}#the-runnersexperimentalboot_verify-section`],
  BootVerify: ["[runners.experimental.boot_verify]", `${ADVANCED}#the-runnersexperimentalboot_verify-section`],
  CustomBuildDir: ["[runners.custom_build_dir]", `${ADVANCED}#the-runnerscustom_build_dir-section`],
  RefereesConfig: ["[runners.referees]", `${ADVANCED}#the-runnersreferees-section`],
  MetricsRefereeConfig: ["[runners.referees.metrics]", `${ADVANCED}#use-the-metrics-runner-referee`],
  CacheConfig: ["[runners.cache]", `${ADVANCED}#the-runnerscache-section`],
  CacheS3Config: ["[runners.cache.s3]", `${ADVANCED}#the-runnerscaches3-section`],
  CacheGCSConfig: ["[runners.cache.gcs]", `${ADVANCED}#the-runnerscachegcs-section`],
  CacheAzureConfig: ["[runners.cache.azure]", `${ADVANCED}#the-runnerscacheazure-section`],
  ArtifactConfig: ["[runners.artifact]", `${ADVANCED}#the-runnersartifact-section`],
  Monitoring: ["[runners.monitoring]", "monitoring/"],
  JobQueuingDuration: ["[[runners.monitoring.job_queuing_durations]]", "monitoring/"],
  InstanceConfig: ["[runners.instance]", `${ADVANCED}#the-runnersinstance-section`],
  SshConfig: ["[runners.ssh]", `${ADVANCED}#the-runnersssh-section`],
  DockerConfig: ["[runners.docker]", `${ADVANCED}#the-runnersdocker-section`],
  Service: ["A service container", `${ADVANCED}#the-runnersdockerservices-section`],
  ParallelsConfig: ["[runners.parallels]", `${ADVANCED}#the-runnersparallels-section`],
  VirtualBoxConfig: ["[runners.virtualbox]", `${ADVANCED}#the-runnersvirtualbox-section`],
  DockerMachine: ["[runners.machine]", `${ADVANCED}#the-runnersmachine-section`],
  DockerMachineAutoscaling: ["[[runners.machine.autoscaling]]", `${ADVANCED}#the-runnersmachineautoscaling-sections`],
  KubernetesConfig: ["[runners.kubernetes]", `${KUBERNETES}#other-configtoml-settings`],
  KubernetesAffinity: ["[runners.kubernetes.affinity]", affinity],
  KubernetesNodeAffinity: ["[runners.kubernetes.affinity.node_affinity]", affinity],
  NodeSelector: ["Nodes that a pod needs", affinity],
  NodeSelectorTerm: ["One of several sets of conditions on a node", affinity],
  NodeSelectorRequirement: ["A condition on a label", affinity],
  PreferredSchedulingTerm: ["Nodes that a pod prefers", affinity],
  KubernetesPodAffinity: ["[runners.kubernetes.affinity.pod_affinity]", podAffinity],
  PodAffinityTerm: ["A set of pods", podAffinity],
  LabelSelector: ["Conditions on labels", podAffinity],
  WeightedPodAffinityTerm: ["A preferred set of pods", podAffinity],
  KubernetesPodAntiAffinity: ["[runners.kubernetes.affinity.pod_anti_affinity]", podAffinity],
  KubernetesPodSecurityContext: ["[runners.kubernetes.pod_security_context]", security],
  KubernetesSeccompProfile: ["A seccomp profile", profiles],
  KubernetesAppArmorProfile: ["An AppArmor profile", profiles],
  KubernetesContainerSecurityContext: ["The security context of a container", containerSecurity],
  KubernetesContainerCapabilities: ["Capabilities of a container", containerSecurity],
  KubernetesVolumes: ["[runners.kubernetes.volumes]", `${KUBERNETES}#configure-volume-types`],
  KubernetesHostPath: ["[[runners.kubernetes.volumes.host_path]]", volume("hostpath")],
  KubernetesPVC: ["[[runners.kubernetes.volumes.pvc]]", volume("persistentvolumeclaim")],
  KubernetesConfigMap: ["[[runners.kubernetes.volumes.config_map]]", volume("configmap")],
  KubernetesSecret: ["[[runners.kubernetes.volumes.secret]]", volume("secret")],
  KubernetesEmptyDir: ["[[runners.kubernetes.volumes.empty_dir]]", volume("emptydir")],
  KubernetesCSI: ["[[runners.kubernetes.volumes.csi]]", volume("csi")],
  KubernetesNFS: ["[[runners.kubernetes.volumes.nfs]]", `${KUBERNETES}#configure-volume-types`],
  KubernetesHostAliases: ["[[runners.kubernetes.host_aliases]]", `${KUBERNETES}#add-extra-host-aliases`],
  KubernetesDNSConfig: ["[runners.kubernetes.dns_config]", dns],
  KubernetesDNSConfigOption: ["[[runners.kubernetes.dns_config.options]]", `${KUBERNETES}#kubernetesdnsconfigoption`],
  KubernetesContainerLifecycle: ["[runners.kubernetes.container_lifecycle]", lifecycle],
  KubernetesLifecycleHandler: ["What is done at a point of a container's life", lifecycle],
  KubernetesLifecycleExecAction: ["A command to run", `${KUBERNETES}#kuberneteslifecycleexecaction`],
  KubernetesLifecycleHTTPGet: ["A request to make", `${KUBERNETES}#kuberneteslifecyclehttpget`],
  KubernetesLifecycleHTTPGetHeader: ["A header of the request", `${KUBERNETES}#kuberneteslifecyclehttpgetheader`],
  KubernetesLifecycleTCPSocket: ["A connection to open", `${KUBERNETES}#kuberneteslifecycletcpsocket`],
  KubernetesPodSpec: ["[[runners.kubernetes.pod_spec]]", `${KUBERNETES}#overwrite-generated-pod-specifications`],
  KubernetesAutoscalerConfig: ["[runners.kubernetes.autoscaler]", `${KUBERNETES}#autoscaler-settings`],
  AutoscalerPolicyConfig: ["A policy of an autoscaler", `${ADVANCED}#the-runnersautoscalerpolicy-sections`],
  CustomConfig: ["[runners.custom]", `${ADVANCED}#the-runnerscustom-section`],
  AutoscalerConfig: ["[runners.autoscaler]", `${ADVANCED}#the-runnersautoscaler-section`],
  ConnectorConfig: ["How an instance is reached", `${ADVANCED}#the-runnersautoscalerconnector_config-section`],
  AutoscalerScaleThrottle: [
    "[runners.autoscaler.scale_throttle]",
    `${ADVANCED}#the-runnersautoscalerscale_throttle-section`,
  ],
  VMIsolation: ["[runners.autoscaler.vm_isolation]", `${ADVANCED}#the-runnersautoscalervm_isolation-section`],
  AutoscalerStateStorage: [
    "[runners.autoscaler.state_storage]",
    `${ADVANCED}#the-runnersautoscalerstate_storage-section`,
  ],
  MachineConfig: ["[machine]", `${ADVANCED}#the-machine-section`],
  DockerMachineShutdownDrain: ["[machine.shutdown_drain]", `${ADVANCED}#the-machineshutdown_drain-section`],
  Experimental: ["[experimental]", ADVANCED],
  UsageLogger: ["[experimental.usage_logger]", ADVANCED],
  LogrotateConfig: ["[experimental.usage_logger.logrotate]", ADVANCED],
  SnowplowConfig: ["[experimental.usage_logger.snowplow_billing]", ADVANCED],
};

/**
 * @param {string} type
 * @returns {{ title: string, link: string }}
 */
export function describeType(type) {
  const [title, place] = SECTIONS[type] ?? [];
  if (!title) throw new Error(`${type}: say in scripts/generate/docs.mjs where GitLab documents this table`);
  return { title, link: `${DOCS}/${place}` };
}
