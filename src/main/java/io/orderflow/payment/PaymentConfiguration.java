package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The durable work that calls the gateway. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

    @Bean
    Task<GatewayWork> gatewayOperation(PaymentGateway gateway, ObjectProvider<CommandGateway> commands) {
        var worker = new GatewayWorker(gateway, commands);
        return Tasks.custom("gateway-operation", GatewayWork.class)
                .onFailure(worker::tryAgain).onDeadExecution(worker::takeOver).execute(worker::work);
    }
}
