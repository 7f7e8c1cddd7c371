# SPDX-License-Identifier: Apache-2.0
#
# A made-up catalogue of any size for the bench: names put together from words as real items have them, in an order that
# looks like chance and is always the same. Usage: awk -v n=100000 -v dir=FOLDER -f items.awk
# One item in 200 can be done at a terminal.

function words(text, list)
{
    return split(text, list, " ")
}

BEGIN {
    scopes = words("个人 企业 城乡居民 个体工商户 灵活就业人员 农民工 残疾人 老年人 退役军人 高校毕业生 随军家属 失业人员 外来务工人员 " \
                   "民办学校 社会团体 农民专业合作社 医疗机构 药品经营企业 食品生产企业 道路运输企业 建筑施工企业 物业服务企业 幼儿园 " \
                   "养老机构 旅行社 中外合作办学机构 公益性岗位人员 低收入家庭 未成年人 港澳台居民 外籍人员 华侨 新生儿 孕产妇 " \
                   "计划生育家庭 烈士遗属 创业团队 家庭农场 村民委员会 业主委员会 行业协会", scope)
    objects = words("居民身份证 居住证 出生医学证明 老年人优待证 残疾人证 社会保障卡 基本养老保险关系 基本医疗保险关系 失业保险金 工伤待遇 " \
                    "生育津贴 住房公积金 公共租赁住房 不动产权属证书 机动车驾驶证 机动车行驶证 道路运输经营许可证 出租汽车经营许可证 " \
                    "营业执照 食品经营许可证 药品经营许可证 医疗机构执业许可证 医师执业证书 护士执业证书 教师资格证 会计从业资格 " \
                    "危险化学品经营许可证 烟花爆竹零售许可证 林木采伐许可证 取水许可证 排污许可证 建设工程规划许可证 建筑工程施工许可证 " \
                    "乡村建设规划许可证 临时用地 户外广告设施 城市道路挖掘 公共场所卫生许可证 饮用水供水单位卫生许可证 特种设备使用登记证 " \
                    "计量标准器具核准证书 民办非企业单位登记证书 社会团体法人登记证书 宗教活动场所登记证 律师执业证 公证员任职资格 " \
                    "法律援助 最低生活保障 临时救助 高龄津贴 特困人员供养 孤儿基本生活保障 义务教育入学 学生资助 就业困难人员认定 " \
                    "创业担保贷款 职业技能鉴定补贴 稳岗补贴 技术合同 科技型企业认定 农药经营许可证 兽药经营许可证 动物防疫条件合格证 " \
                    "种畜禽生产经营许可证 渔业捕捞许可证 船舶国籍证书 银行账户信息 重大行政处罚听证 长期护理保险 音像制品零售许可证 " \
                    "营业性演出许可 娱乐场所经营许可证 文物保护工程 体育经营许可证 水土保持方案 防洪评价 占用林地 殡葬服务设施", object)
    verbs = words("申领 换领 补领 核发 变更 延续 注销 登记 备案 审批 认定 年度检验 信息查询 异议处理 转移接续 撤销 初审 复核 给付 确认 " \
                  "遗失补办 地址变更 法定代表人变更 经营范围变更 暂停 恢复 证明开具 政策咨询 资格复审 停发 缴费 退费", verb)
    suffixes = words("（首次） （县级） （市级权限） （区级初审） （扩大范围） （跨区域通办） （委托代办） （告知承诺制）", suffix)
    depts = words("示例区公安分局 示例区民政局 示例区人社局 示例区医保局 示例区市场监管局 示例区住建局 示例区交通运输局 示例区农业农村局 " \
                  "示例区教育局 示例区卫生健康局 示例区自然资源局 示例区生态环境局 示例区文旅局 示例区应急管理局 示例区司法局", dept)
    themes = words("养老 看病医保 社会保险 就业 婚育家庭 上学 住房 车辆出行 证照 开店经营 助残救助", theme)
    nicks = words("办证 补证 老年卡 社保卡 公积金 驾照 执照 房产证 医保 低保 补助 年检 过户 落户 学籍 开店", nick)
    icons = words("elder medical insurance work family school house car certificate shop wheelchair", icon)

    list = dir "/themes.json"
    printf "{\"schema\":1,\"themes\":[" > list
    for (i = 1; i <= themes; i++)
        printf("%s{\"name\":\"%s\",\"icon\":\"%s\"}", i == 1 ? "" : ",", theme[i], icon[i]) > list
    print "]}" > list
    print "{\"schema\":1,\"queues\":[]}" > (dir "/queues.json")

    # steps coprime to the number of combinations walk through all of them without a repeat
    all = scopes * objects * verbs
    at = 12345
    for (i = 0; i < n; i++) {
        at = (at + 37991) % all
        item(i, at)
    }
}

function item(i, at,    s, o, v, d, name, here, path)
{
    s = at % scopes + 1
    o = int(at / scopes) % objects + 1
    v = int(at / scopes / objects) % verbs + 1
    d = o % depts + 1
    here = i % 200 == 7
    name = (i % 3 ? scope[s] : "") object[o] verb[v]
    if (i % 3 == 0) # without its scope a name would not be the only one of its kind
        name = name suffix[(s - 1) % suffixes + 1] (s > suffixes ? scope[s] : "")
    path = sprintf("%s/%06d.json", dir, i)
    printf("{\"schema\":1,\"task_code\":\"B%011d\",\"legacy_code\":true,\"catalog_code\":\"%09d000\",\"task_version\":1," \
           "\"task_name\":\"%s\",\"task_name_en\":\"Made-up item %d\",\"task_type\":\"20\",\"use_level\":\"4\"," \
           "\"dept\":{\"dept_code\":\"B%017d\",\"dept_name\":\"%s\"},\"server_type\":[\"%d\"]," \
           "\"four_ways\":{\"on_the_spot\":%s,\"online\":true,\"nearby\":%s,\"one_visit\":true}," \
           "\"is_service_terminals\":%s,\"limit_scene_num\":0,\"by_law\":[{\"law\":\"示例条例\",\"article\":\"第一条\"}]," \
           "\"accept_condition\":\"在本区居住\",\"anticipate\":{\"day\":20,\"unit\":\"working-day\"}," \
           "\"promise\":{\"day\":%d,\"unit\":\"working-day\"},\"handle_flow\":[{\"step\":\"受理\",\"post\":\"受理岗\"," \
           "\"phone\":\"010-00000011\",\"limit\":{\"day\":0,\"unit\":\"working-day\"}}],\"materials\":[],\"fees\":[]," \
           "\"results\":[{\"result_name\":\"%s\",\"result_type\":\"证照\",\"delivery\":[\"window\",\"online\"]}]," \
           "\"transact_addr\":\"示例区政务服务中心\",\"link_way\":\"010-00000010\",\"supervise_way\":\"12345\"," \
           "\"themes\":[\"%s\"],\"popularity\":%d,\"keywords\":[%s],",
           i, i, name, i, d, dept[d], i % 4 ? 1 : 2, i % 5 ? "false" : "true", i % 2 ? "true" : "false", here ? "true" : "false",
           i % 10, object[o], theme[o % themes + 1], 1000000 - i, i % 4 ? "" : "\"" nick[o % nicks + 1] "\"") > path
    print "\"form\":{\"version\":1,\"groups\":[{\"title\":\"联系方式\",\"fields\":[{\"id\":\"mobile\",\"label\":\"手机号\"," \
          "\"type\":\"mobile\",\"required\":true}]}],\"rules\":[],\"consent\":{\"id\":\"consent-1\",\"text\":\"以上属实。\"}}}" > path
    close(path)
}
